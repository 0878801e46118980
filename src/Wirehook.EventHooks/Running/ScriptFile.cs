using System.Globalization;
using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>Opens a script once, component by component, and says whether anybody but root or Wirehook's own user could have changed it.</summary>
internal static unsafe class ScriptFile
{
    private const int MaximumLinks = 40;
    private const int MaximumLinkBytes = 4096;
    private const int OpenNoFollow = 0x20000;
    private const int OpenNoFollowArm = 0x8000;
    private const int LowestDescriptor = 10;
    private const uint BasicStatus = 0x7FF;
    private const int TypeMask = 0xF000, TypeDirectory = 0x4000, TypeRegular = 0x8000, TypeLink = 0xA000;
    private const int WritableByOthers = 0x12, Sticky = 0x200, SetIdentity = 0xC00, ExecutableByOwner = 0x40;

    private static readonly int NoFollow =
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? OpenNoFollowArm : OpenNoFollow;

    /// <summary>Opens an absolute path for execution; the descriptor is what was checked. Null with the reason where it is refused.</summary>
    public static Descriptor? Open(string path, out string? refusal)
    {
        var current = Descriptor.Open("/", Libc.OpenPath);
        refusal = CheckDirectory(current, "/");
        var walked = "/";
        var links = 0;
        var ahead = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (refusal is null && ahead.TryPop(out var name))
        {
            if (name == ".") continue;
            var place = name == ".." ? Parent(walked) : Combine(walked, name);
            var next = new Descriptor(Libc.OpenAt(current.Value, name, Libc.OpenPath | NoFollow | Libc.OpenCloseOnExec));
            refusal = next.IsOpen ? null : $"{place} cannot be opened: {Libc.LastError()}.";
            if (refusal is not null) break;
            var status = Status(next);
            if ((status.Mode & TypeMask) == TypeLink)
            {
                refusal = CheckOwner(status, place, "chown -h") ?? Follow(next, place, ahead, ref links, ref current, ref walked);
                next.Dispose();
                continue;
            }
            current.Dispose();
            (current, walked) = (next, place);
            if (ahead.Count > 0) refusal = CheckDirectory(current, walked);
        }
        refusal ??= CheckScript(current, walked);
        using (current) return refusal is null ? Lift(current, out refusal) : null;
    }

    /// <summary>The first bytes, for the line that names the interpreter; empty where the file cannot be read.</summary>
    public static byte[] ReadHead(Descriptor script, int length)
    {
        using var readable = Descriptor.Open($"/proc/self/fd/{script.Value}", Libc.OpenReadOnly | Libc.OpenNonBlocking);
        var buffer = new byte[length];
        var read = readable.IsOpen ? readable.Read(buffer) : 0;
        return buffer[..Math.Max(read, 0)];
    }

    /// <summary>Whether there is a regular file, without following the question who may change it.</summary>
    public static bool IsFile(string path)
    {
        Libc.FileStatus status;
        return Libc.Status(Libc.CurrentDirectory, path, 0, BasicStatus, &status) == 0 && (status.Mode & TypeMask) != TypeDirectory;
    }

    private static string? Follow(Descriptor link, string place, Stack<string> ahead, ref int links, ref Descriptor current, ref string walked)
    {
        if (++links > MaximumLinks) return $"{place} leads through more than {MaximumLinks} symbolic links.";
        var buffer = stackalloc byte[MaximumLinkBytes];
        var length = (int)Libc.ReadLinkAt(link.Value, "", buffer, MaximumLinkBytes);
        if (length <= 0 || length == MaximumLinkBytes) return $"The symbolic link {place} cannot be read.";
        var target = Encoding.UTF8.GetString(buffer, length);
        foreach (var name in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) ahead.Push(name);
        if (!target.StartsWith('/')) return null;
        current.Dispose();
        (current, walked) = (Descriptor.Open("/", Libc.OpenPath), "/");
        return null;
    }

    private static string? CheckDirectory(Descriptor directory, string place)
    {
        var status = Status(directory);
        if ((status.Mode & TypeMask) != TypeDirectory) return $"{place} is not a directory.";
        if (CheckOwner(status, place, "chown") is { } wrongOwner) return wrongOwner;
        if ((status.Mode & WritableByOthers) == 0 || (status.Mode & Sticky) != 0) return null;
        return $"{place} is writable by {Writers(status)} (mode {Mode(status)}, owner {Owner(status.User)}), who could replace what is below it; mend it with: chmod go-w {Quote(place)}";
    }

    private static string? CheckScript(Descriptor script, string place)
    {
        var status = Status(script);
        var description = $"(mode {Mode(status)}, owner {Owner(status.User)})";
        if ((status.Mode & TypeMask) != TypeRegular) return $"{place} is not a regular file.";
        if (CheckOwner(status, place, "chown") is { } wrongOwner) return wrongOwner;
        if ((status.Mode & WritableByOthers) != 0) return $"{place} is writable by {Writers(status)} {description}; mend it with: chmod go-w {Quote(place)}";
        if ((status.Mode & SetIdentity) != 0) return $"{place} has the set-user-id or set-group-id bit {description}; mend it with: chmod ug-s {Quote(place)}";
        if ((status.Mode & ExecutableByOwner) == 0) return $"{place} is not executable {description}; mend it with: chmod u+x {Quote(place)}";
        return null;
    }

    private static string? CheckOwner(in Libc.FileStatus status, string place, string command)
    {
        var own = Libc.EffectiveUser();
        if (status.User == 0 || status.User == own) return null;
        var trusted = own == 0 ? "root" : $"root or {Owner(own)}";
        return $"{place} belongs to {Owner(status.User)} (mode {Mode(status)}), not to {trusted}; mend it with: {command} {Owner(own)} {Quote(place)}";
    }

    /// <summary>Moves the descriptor out of the numbers that the new process gets, so that placing one there never overwrites another.</summary>
    private static Descriptor? Lift(Descriptor script, out string? refusal)
    {
        var lifted = new Descriptor(Libc.Control(script.Value, Libc.DuplicateCloseOnExec, LowestDescriptor));
        refusal = lifted.IsOpen ? null : $"No descriptor is left for the script: {Libc.LastError()}.";
        return lifted.IsOpen ? lifted : null;
    }

    private static Libc.FileStatus Status(Descriptor file)
    {
        Libc.FileStatus status = default;
        // A descriptor whose status cannot be read keeps mode 0 and is refused as "not a directory" or "not a regular file".
        _ = Libc.Status(file.Value, "", Libc.EmptyPath, BasicStatus, &status);
        return status;
    }

    private static string Mode(in Libc.FileStatus status) => Convert.ToString(status.Mode & 0xFFF, 8).PadLeft(4, '0');

    private static string Writers(in Libc.FileStatus status) => (status.Mode & WritableByOthers) switch { 0x10 => "its group", 0x02 => "everybody", _ => "its group and everybody" };

    private static string Owner(uint user) => UserAccount.NameOf(user) ?? user.ToString(CultureInfo.InvariantCulture);

    private static string Combine(string folder, string name) => folder == "/" ? "/" + name : $"{folder}/{name}";

    private static string Parent(string folder) => folder.LastIndexOf('/') is > 0 and var slash ? folder[..slash] : "/";

    private static string Quote(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+@%".Contains(c, StringComparison.Ordinal)) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
