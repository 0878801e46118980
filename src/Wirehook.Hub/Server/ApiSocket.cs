using System.Net.Sockets;

namespace Wirehook.Hub.Server;

/// <summary>Why the API cannot be served; the message says what to do about it.</summary>
public sealed class ApiSocketException : Exception
{
    /// <summary>An error with its full message.</summary>
    public ApiSocketException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// The Unix socket that the API listens on. Its permissions are the API's access control: 0660 for root's, 0600 for a user's own. One process owns a path, by a
/// lock on the file beside it; a socket that a dead process left behind is replaced, a live one never.
/// </summary>
public sealed class ApiSocket : IDisposable
{
    // struct sockaddr_un holds 108 bytes with the terminating zero (unix(7)); the name under which the socket is made is a little longer than its own.
    private const int LongestPath = 107;
    private const string UnfinishedSuffix = ".new";
    private readonly FileStream _lock;

    private ApiSocket(string path, FileStream held)
    {
        (Path, _lock) = (path, held);
    }

    /// <summary>Where clients connect.</summary>
    public string Path { get; }

    /// <summary>The name to listen at first; <see cref="Publish"/> moves it to <see cref="Path"/>, so that nobody connects before the
    /// permissions are right.</summary>
    internal string UnfinishedPath => Path + UnfinishedSuffix;

    /// <summary>Where the API is unless told otherwise: <c>/run/wirehook/hooks.sock</c> as root, otherwise <c>wirehook/hooks.sock</c> in $XDG_RUNTIME_DIR,
    /// or in the home folder where that is not set.</summary>
    public static string DefaultPath
    {
        get
        {
            if (Environment.IsPrivilegedProcess) return "/run/wirehook/hooks.sock";
            var folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            if (string.IsNullOrEmpty(folder)) folder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return System.IO.Path.Combine(folder, "wirehook", "hooks.sock");
        }
    }

    /// <summary>Takes the path for this process.</summary>
    /// <exception cref="ApiSocketException">Another process serves there, or the folder cannot be used.</exception>
    public static ApiSocket Claim(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (System.Text.Encoding.UTF8.GetByteCount(path + UnfinishedSuffix) > LongestPath)
            throw new ApiSocketException($"--socket {path}: a Unix socket's path has at most {LongestPath - UnfinishedSuffix.Length} bytes.");
        FileStream? held = null;
        try
        {
            CreateFolder(System.IO.Path.GetDirectoryName(path)!);
            held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            File.SetUnixFileMode(path + ".lock", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (IsLive(path)) throw new ApiSocketException($"{path} is served by another process already; end it, or choose another --socket.");
            if (File.Exists(path) && !IsSocket(path)) throw new ApiSocketException($"{path} is not a socket and is left alone; choose another --socket.");
            File.Delete(path + UnfinishedSuffix);
            return new ApiSocket(path, held);
        }
        catch (IOException) when (held is null && File.Exists(path + ".lock"))
        {
            throw new ApiSocketException($"{path} is served by another process already; end it, or choose another --socket.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new ApiSocketException($"--socket {path}: {error.Message}");
        }
        catch (ApiSocketException)
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Gives the listening socket its permissions and its name, in place of one that a dead process left.</summary>
    /// <exception cref="ApiSocketException">The file system refuses.</exception>
    internal void Publish()
    {
        try
        {
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            if (Environment.IsPrivilegedProcess) mode |= UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
            File.SetUnixFileMode(UnfinishedPath, mode);
            File.Move(UnfinishedPath, Path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ApiSocketException($"--socket {Path}: {error.Message}");
        }
    }

    /// <summary>Removes the socket and lets the path go. The lock's file stays: a file that is removed while another process opens it would
    /// lock nothing.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(UnfinishedPath);
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder vanished or was closed to us; a stale socket is replaced by the next owner.
        }

        _lock.Dispose();
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (Environment.IsPrivilegedProcess)
            mode |= UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(folder, mode);
    }

    private static bool IsLive(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A socket can be neither opened nor read as a file (ENXIO); a regular file or folder can.
    private static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
