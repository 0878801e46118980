using System.Net.Sockets;
using Wirehook.Hub.Server;

namespace Wirehook.Hub.Tests;

/// <summary>Who owns a socket's path, and what becomes of one that is left behind.</summary>
public sealed class ApiSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-socket-").FullName;

    private string SocketPath => Path.Combine(_folder, "made", "hooks.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_socket_is_private_and_goes_with_its_server()
    {
        using (var api = new RunningApi())
        {
            var mode = File.GetUnixFileMode(api.SocketPath);
            Assert.Equal(UnixFileMode.None, mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.Throws<ApiSocketException>(() => ApiSocket.Claim(api.SocketPath));
            api.Data("GET", "api/health");
        }

        using var socket = ApiSocket.Claim(SocketPath);
        Assert.False(File.Exists(SocketPath));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.GetDirectoryName(SocketPath)!) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
    }

    [Fact]
    public void A_path_belongs_to_one_process_until_it_lets_go()
    {
        using (ApiSocket.Claim(SocketPath))
        {
            var error = Assert.Throws<ApiSocketException>(() => ApiSocket.Claim(SocketPath));
            Assert.Contains("already", error.Message, StringComparison.Ordinal);
        }

        ApiSocket.Claim(SocketPath).Dispose();
    }

    [Fact]
    public void A_socket_that_nobody_listens_on_is_no_obstacle_but_a_live_one_and_a_file_are()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        using (var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            other.Bind(new UnixDomainSocketEndPoint(SocketPath));
            ApiSocket.Claim(SocketPath).Dispose();
        }

        using (var live = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            live.Bind(new UnixDomainSocketEndPoint(SocketPath));
            live.Listen();
            Assert.Contains("already", Assert.Throws<ApiSocketException>(() => ApiSocket.Claim(SocketPath)).Message, StringComparison.Ordinal);
        }

        File.WriteAllText(SocketPath, "precious");
        Assert.Contains("not a socket", Assert.Throws<ApiSocketException>(() => ApiSocket.Claim(SocketPath)).Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void A_path_that_no_socket_can_have_is_refused_with_the_reason()
    {
        Assert.Contains("bytes", Assert.Throws<ApiSocketException>(() => ApiSocket.Claim("/tmp/" + new string('a', 120))).Message, StringComparison.Ordinal);
        Assert.Throws<ApiSocketException>(() => ApiSocket.Claim("/proc/none/hooks.sock"));
    }
}
