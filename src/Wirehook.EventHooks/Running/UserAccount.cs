using System.Globalization;
using System.Runtime.InteropServices;

namespace Wirehook.EventHooks.Running;

/// <summary>A user that a program is to run as, from the system's user database.</summary>
/// <param name="Id">User id.</param>
/// <param name="Group">Primary group; the user id again for a number without an entry.</param>
/// <param name="IsListed">Whether the database knows it, and with it the supplementary groups.</param>
internal readonly unsafe record struct UserAccount(uint Id, uint Group, bool IsListed)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Finds a user by name or number; null where there is none. A number needs no entry.</summary>
    public static UserAccount? Find(string user)
    {
        if (user.Length == 0 || user.Contains('\0')) return null;
        if (uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return FindNumber(number) ?? new UserAccount(number, number, false);
        Libc.PasswordEntry entry;
        Libc.PasswordEntry* found = null;
        var buffer = stackalloc byte[BufferSize];
        var failed = Libc.UserByName(user, &entry, buffer, BufferSize, &found);
        return failed == 0 && found != null ? new UserAccount(found->User, found->Group, true) : null;
    }

    /// <summary>The name of a user; null where the database has none.</summary>
    public static string? NameOf(uint user)
    {
        Libc.PasswordEntry entry;
        Libc.PasswordEntry* found = null;
        var buffer = stackalloc byte[BufferSize];
        var failed = Libc.UserByNumber(user, &entry, buffer, BufferSize, &found);
        return failed == 0 && found != null ? Marshal.PtrToStringUTF8((nint)found->Name) : null;
    }

    private static UserAccount? FindNumber(uint user)
    {
        Libc.PasswordEntry entry;
        Libc.PasswordEntry* found = null;
        var buffer = stackalloc byte[BufferSize];
        var failed = Libc.UserByNumber(user, &entry, buffer, BufferSize, &found);
        return failed == 0 && found != null ? new UserAccount(found->User, found->Group, true) : null;
    }
}
