using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Reads the contents of Bind: names, formats, the parameters' values, the formats of the result's columns.</summary>
internal static class PostgresBind
{
    /// <summary>The parameters' values as text, null where they are SQL's null.</summary>
    public static FieldValue[] ReadValues(ReadOnlySpan<byte> bind, PostgresStatement? statement)
    {
        var cursor = new PostgresCursor(bind);
        cursor.ReadText();
        cursor.ReadText();
        var formats = ReadFormats(ref cursor);
        var count = cursor.ReadInt16();
        var values = new List<FieldValue>(Math.Clamp(count, 0, 64));
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            var size = cursor.ReadInt32();
            var value = cursor.ReadBytes(Math.Max(0, size));
            if (cursor.Failed) break;
            values.Add(size < 0 ? FieldValue.Null : FieldValue.From(PostgresValue.ToText(value, TypeOf(statement, i), IsBinary(formats, i))));
        }

        return [.. values];
    }

    /// <summary>Puts the formats that Bind asks for into the types of the result's columns.</summary>
    public static void ApplyFormats(ReadOnlySpan<byte> bind, PostgresColumnType[] types)
    {
        var cursor = new PostgresCursor(bind);
        cursor.ReadText();
        cursor.ReadText();
        ReadFormats(ref cursor);
        var count = cursor.ReadInt16();
        for (var i = 0; i < count && !cursor.Failed; i++) cursor.ReadBytes(Math.Max(0, cursor.ReadInt32()));
        var formats = ReadFormats(ref cursor);
        if (cursor.Failed) return;
        for (var i = 0; i < types.Length; i++) types[i] = types[i] with { IsBinary = IsBinary(formats, i) };
    }

    /// <summary>One format is for all, and none means text.</summary>
    private static bool IsBinary(ReadOnlySpan<byte> formats, int index)
    {
        if (formats.IsEmpty) return false;
        var at = formats.Length == 2 ? 0 : 2 * index;
        return at + 2 <= formats.Length && BinaryPrimitives.ReadInt16BigEndian(formats[at..]) == 1;
    }

    private static ReadOnlySpan<byte> ReadFormats(scoped ref PostgresCursor cursor) => cursor.ReadBytes(2 * cursor.ReadInt16());

    private static uint TypeOf(PostgresStatement? statement, int index)
    {
        if (statement is null) return 0;
        var described = statement.DescribedTypes.Length > 0 ? statement.DescribedTypes : statement.ParameterTypes;
        return (4 * index) + 4 <= described.Length ? BinaryPrimitives.ReadUInt32BigEndian(described.AsSpan(4 * index)) : 0;
    }
}
