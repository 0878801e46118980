namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What an OK or EOF packet says.</summary>
/// <param name="AffectedRows">Rows that the statement changed.</param>
/// <param name="InsertId">The number that the last row inserted got, 0 for none.</param>
/// <param name="Flags">The state of the session.</param>
/// <param name="Warnings">How many warnings there are.</param>
internal readonly record struct MySqlStatus(ulong AffectedRows, ulong InsertId, int Flags, int Warnings)
{
    private const int SessionStateChanged = 0x4000;
    private const byte SchemaChange = 1;

    /// <summary>Reads the payload of either packet, the header included.</summary>
    public static MySqlStatus Read(ReadOnlySpan<byte> payload, bool isEof)
    {
        if (payload.IsEmpty) return default;
        var cursor = new MySqlCursor(payload[1..]);
        if (isEof)
        {
            var count = cursor.ReadInt16();
            return new MySqlStatus(0, 0, cursor.ReadInt16(), count);
        }

        var (affected, insertId) = (cursor.ReadLength(), cursor.ReadLength());
        var flags = cursor.ReadInt16();
        return new MySqlStatus(affected, insertId, flags, cursor.ReadInt16());
    }

    /// <summary>Whether a payload that begins with 0xfe is an old EOF packet.</summary>
    public static bool IsEof(ReadOnlySpan<byte> payload) => payload.Length == 5 && payload[0] == 0xfe;

    /// <summary>The sentence behind the numbers of an OK packet; null where there is none.</summary>
    public static string? ReadInfo(ReadOnlySpan<byte> payload, MySqlCapabilities capabilities)
    {
        if (payload.Length < 7 || IsEof(payload)) return null;
        var cursor = SkipNumbers(payload);
        if (cursor.Rest.IsEmpty) return null;
        var info = (capabilities & MySqlCapabilities.SessionTrack) != 0 ? cursor.ReadString() : cursor.Rest;
        // Some servers put the length there even where changes of the session are not told.
        if ((capabilities & MySqlCapabilities.SessionTrack) == 0 && info.Length > 0 && info[0] == info.Length - 1) info = info[1..];
        return info.IsEmpty ? null : MySqlText.Read(info);
    }

    /// <summary>The database that the session uses from now on, where an OK packet tells.</summary>
    public static string? ReadSchema(ReadOnlySpan<byte> payload, MySqlCapabilities capabilities)
    {
        if ((capabilities & MySqlCapabilities.SessionTrack) == 0 || payload.Length < 7 || IsEof(payload)) return null;
        if ((Read(payload, isEof: false).Flags & SessionStateChanged) == 0) return null;
        var cursor = SkipNumbers(payload);
        cursor.ReadString();
        var changes = new MySqlCursor(cursor.ReadString());
        while (!changes.Rest.IsEmpty && !changes.Failed)
        {
            var type = changes.ReadByte();
            var data = new MySqlCursor(changes.ReadString());
            if (type == SchemaChange && !changes.Failed) return MySqlText.Read(data.ReadString());
        }

        return null;
    }

    private static MySqlCursor SkipNumbers(ReadOnlySpan<byte> payload)
    {
        var cursor = new MySqlCursor(payload[1..]);
        cursor.ReadLength();
        cursor.ReadLength();
        cursor.ReadInt32();
        return cursor;
    }
}
