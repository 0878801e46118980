using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>The server's first packet, version 10 (MySQL Internals, "Protocol::HandshakeV10").</summary>
internal readonly struct MySqlGreeting
{
    /// <summary>Reads <paramref name="payload"/>.</summary>
    public MySqlGreeting(ReadOnlySpan<byte> payload)
    {
        var cursor = new MySqlCursor(payload);
        cursor.ReadByte();
        ServerVersion = MySqlText.Read(cursor.ReadText());
        ConnectionId = cursor.ReadInt32();
        cursor.ReadBytes(9);
        var capabilities = (ulong)cursor.ReadInt16();
        cursor.ReadByte();
        cursor.ReadInt16();
        capabilities |= (ulong)cursor.ReadInt16() << 16;
        var scramble = cursor.ReadByte();
        cursor.ReadBytes(6);
        // MariaDB puts what it can besides into bytes that MySQL reserves, and says so by leaving the first capability out.
        var more = cursor.ReadInt32();
        if ((capabilities & 1) == 0) capabilities |= (ulong)more << 32;
        Capabilities = (MySqlCapabilities)capabilities;
        cursor.ReadBytes(Math.Max(13, scramble - 8));
        AuthPlugin = (Capabilities & MySqlCapabilities.PluginAuth) != 0 && !cursor.Failed ? MySqlText.Read(cursor.ReadText()) : "";
    }

    public string ServerVersion { get; }

    public uint ConnectionId { get; }

    public MySqlCapabilities Capabilities { get; }

    public string AuthPlugin { get; }
}

/// <summary>The client's first packet (MySQL Internals, "Protocol::HandshakeResponse41" and "…320"); the proof of identity in it is not kept.</summary>
internal sealed class MySqlLogin
{
    private const int AttributeLimit = 128;
    private readonly byte[] _attributes = [];

    /// <summary>Reads <paramref name="payload"/>.</summary>
    public MySqlLogin(ReadOnlySpan<byte> payload)
    {
        var cursor = new MySqlCursor(payload);
        var capabilities = (ulong)cursor.ReadInt16();
        if ((capabilities & (ulong)MySqlCapabilities.Protocol41) == 0)
        {
            Capabilities = (MySqlCapabilities)capabilities;
            cursor.ReadBytes(3);
            User = MySqlText.Read(cursor.ReadText());
            return;
        }

        Capabilities = (MySqlCapabilities)(capabilities | ((ulong)cursor.ReadInt16() << 16));
        cursor.ReadBytes(5 + 19);
        var more = cursor.ReadInt32();
        if ((capabilities & 1) == 0) Capabilities |= (MySqlCapabilities)((ulong)more << 32);
        if (cursor.Rest.IsEmpty) return;
        User = MySqlText.Read(cursor.ReadText());
        SkipSecret(ref cursor);
        if (Has(MySqlCapabilities.ConnectWithDb) && !cursor.Rest.IsEmpty) Database = MySqlText.Read(cursor.ReadText());
        if (Has(MySqlCapabilities.PluginAuth) && !cursor.Rest.IsEmpty) AuthPlugin = MySqlText.Read(cursor.ReadText());
        if (Has(MySqlCapabilities.ConnectAttributes) && !cursor.Rest.IsEmpty) _attributes = cursor.ReadString().ToArray();
    }

    public MySqlCapabilities Capabilities { get; }

    public string User { get; } = "";

    public string Database { get; } = "";

    public string AuthPlugin { get; } = "";

    /// <summary>What the client tells of itself; null where it tells nothing.</summary>
    public FieldMap? ReadAttributes()
    {
        if (_attributes.Length == 0) return null;
        var values = new SortedDictionary<string, FieldValue>(StringComparer.Ordinal);
        var cursor = new MySqlCursor(_attributes);
        while (!cursor.Rest.IsEmpty && !cursor.Failed && values.Count < AttributeLimit)
        {
            var name = MySqlText.Read(cursor.ReadString());
            values[name] = FieldValue.From(MySqlText.ReadValue(cursor.ReadString()));
        }

        return new FieldMap([.. values.Keys], [.. values.Values]);
    }

    private bool Has(MySqlCapabilities capability) => (Capabilities & capability) != 0;

    private void SkipSecret(scoped ref MySqlCursor cursor)
    {
        if (Has(MySqlCapabilities.PluginAuthLengthEncoded)) cursor.ReadString();
        else if (Has(MySqlCapabilities.SecureConnection)) cursor.ReadBytes(cursor.ReadByte());
        else cursor.ReadText();
    }
}
