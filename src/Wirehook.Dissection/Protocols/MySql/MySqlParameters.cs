using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Values that the client sends in binary form: parameters of COM_STMT_EXECUTE, attributes of COM_QUERY.</summary>
internal static class MySqlParameters
{
    private const int ParameterLimit = 4096;
    private const byte CountAvailable = 8;

    /// <summary>The types that an execution tells, two bytes each; none where it relies on those of an earlier one.</summary>
    public static byte[] FindTypes(ReadOnlySpan<byte> payload, int parameters, MySqlCapabilities capabilities)
    {
        var cursor = new MySqlCursor(payload);
        if (!TryOpen(ref cursor, parameters, capabilities, out var count, out _) || cursor.ReadByte() != 1) return [];
        var types = ReadTypes(ref cursor, count, capabilities, null);
        return cursor.Failed ? [] : types;
    }

    /// <summary>The parameters' values as text, null where they are SQL's null or were sent ahead; none where the number of parameters is unknown.</summary>
    public static FieldValue[]? Read(MySqlExchange exchange)
    {
        var cursor = new MySqlCursor(exchange.Payload.Span);
        if (!TryOpen(ref cursor, exchange.Statement?.Parameters ?? -1, exchange.Capabilities, out var count, out var nulls)) return null;
        var types = exchange.EarlierTypes.Span;
        if (cursor.ReadByte() == 1) types = ReadTypes(ref cursor, count, exchange.Capabilities, null);
        return ReadValues(ref cursor, count, nulls, types, exchange.LongData);
    }

    /// <summary>Takes COM_QUERY apart: the SQL text, and the attributes in front of it, null where there are none.</summary>
    public static ReadOnlySpan<byte> SplitQuery(ReadOnlySpan<byte> payload, MySqlCapabilities capabilities, out FieldMap? attributes)
    {
        attributes = null;
        if (payload.IsEmpty) return payload;
        var text = payload[1..];
        if ((capabilities & MySqlCapabilities.QueryAttributes) == 0) return MySqlCheck.SkipNoAttributes(text);
        var cursor = new MySqlCursor(text);
        var count = cursor.ReadLength();
        cursor.ReadLength();
        if (count == 0 || count > ParameterLimit) return cursor.Failed ? text : cursor.Rest;
        var nulls = cursor.ReadBytes(((int)count + 7) / 8);
        cursor.ReadByte();
        var names = new List<string>();
        var types = ReadTypes(ref cursor, (int)count, capabilities, names);
        var values = ReadValues(ref cursor, (int)count, nulls, types, 0);
        if (cursor.Failed) return text;
        var sorted = new SortedDictionary<string, FieldValue>(StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++) sorted[names[i]] = values[i];
        attributes = new FieldMap([.. sorted.Keys], [.. sorted.Values]);
        return cursor.Rest;
    }

    private static bool TryOpen(scoped ref MySqlCursor cursor, int parameters, MySqlCapabilities capabilities, out int count, out ReadOnlySpan<byte> nulls)
    {
        cursor.ReadBytes(5);
        var flags = cursor.ReadByte();
        cursor.ReadInt32();
        count = parameters;
        nulls = default;
        var counted = (capabilities & MySqlCapabilities.QueryAttributes) != 0 && (parameters > 0 || (flags & CountAvailable) != 0);
        if (counted) count = (int)Math.Min(cursor.ReadLength(), ParameterLimit + 1);
        if (count is <= 0 or > ParameterLimit || cursor.Failed) return false;
        nulls = cursor.ReadBytes((count + 7) / 8);
        return !cursor.Failed;
    }

    private static byte[] ReadTypes(scoped ref MySqlCursor cursor, int count, MySqlCapabilities capabilities, List<string>? names)
    {
        if ((capabilities & MySqlCapabilities.QueryAttributes) == 0) return cursor.ReadBytes(2 * count).ToArray();
        var types = new byte[2 * count];
        for (var i = 0; i < count; i++)
        {
            cursor.ReadBytes(2).CopyTo(types.AsSpan(2 * i));
            var name = cursor.ReadString();
            names?.Add(MySqlText.Read(name));
        }

        return types;
    }

    private static FieldValue[] ReadValues(scoped ref MySqlCursor cursor, int count, ReadOnlySpan<byte> nulls, ReadOnlySpan<byte> types, ulong sentAhead)
    {
        var values = new List<FieldValue>(Math.Min(count, 64));
        for (var i = 0; i < count && (2 * i) + 1 < types.Length; i++)
        {
            if ((nulls[i / 8] & (1 << (i % 8))) != 0 || (i < 64 && (sentAhead & (1UL << i)) != 0))
            {
                values.Add(FieldValue.Null);
                continue;
            }

            var text = MySqlValue.ReadBinary(ref cursor, types[2 * i], (types[(2 * i) + 1] & 0x80) != 0);
            if (cursor.Failed) break;
            values.Add(FieldValue.From(text));
        }

        return [.. values];
    }
}
