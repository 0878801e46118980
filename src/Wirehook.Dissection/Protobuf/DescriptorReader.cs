using System.Text;

namespace Wirehook.Dissection.Protobuf;

/// <summary>Reads a FileDescriptorSet (google/protobuf/descriptor.proto), the binary form of parsed <c>.proto</c> files.</summary>
internal static class DescriptorReader
{
    private const int DepthLimit = 32;
    private const int Repeated = 3;

    /// <summary>Adds what <paramref name="set"/> declares to <paramref name="schema"/>. False where it is no descriptor set.</summary>
    public static bool Read(ReadOnlySpan<byte> set, ProtobufSchema schema)
    {
        var reader = new WireReader(set);
        var files = 0;
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader is not { Number: 1, Type: WireType.Length }) continue;
            if (!ReadFile(reader.Bytes, schema)) return false;
            files++;
        }

        return files > 0;
    }

    private static bool ReadFile(ReadOnlySpan<byte> file, ProtobufSchema schema)
    {
        if (!TryText(file, 2, out var package)) return false;
        var reader = new WireReader(file);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader.Type != WireType.Length) continue;
            var valid = reader.Number switch
            {
                4 => ReadMessage(reader.Bytes, package, schema, 0),
                5 => ReadEnum(reader.Bytes, package, schema),
                6 => ReadService(reader.Bytes, package, schema),
                _ => true,
            };
            if (!valid) return false;
        }

        return true;
    }

    private static bool ReadMessage(ReadOnlySpan<byte> data, string scope, ProtobufSchema schema, int depth)
    {
        if (depth > DepthLimit || !TryText(data, 1, out var name)) return false;
        var message = new MessageType(Join(scope, name));
        schema.AddMessage(message);
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader.Type != WireType.Length) continue;
            var valid = reader.Number switch
            {
                2 => ReadField(reader.Bytes, message),
                3 => ReadMessage(reader.Bytes, message.FullName, schema, depth + 1),
                4 => ReadEnum(reader.Bytes, message.FullName, schema),
                7 => ReadOptions(reader.Bytes, message),
                _ => true,
            };
            if (!valid) return false;
        }

        return true;
    }

    private static bool ReadField(ReadOnlySpan<byte> data, MessageType message)
    {
        if (!TryText(data, 1, out var name) || !TryText(data, 6, out var typeName)) return false;
        var (number, label, type) = (0, 0, 0);
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader.Type != WireType.Varint) continue;
            if (reader.Number == 3) number = (int)reader.Value;
            if (reader.Number == 4) label = (int)reader.Value;
            if (reader.Number == 5) type = (int)reader.Value;
        }

        message.Fields[number] = new MessageField(name, number, type is > 0 and <= (int)FieldType.SInt64 ? (FieldType)type : FieldType.Unknown, typeName, label == Repeated);
        return true;
    }

    private static bool ReadOptions(ReadOnlySpan<byte> data, MessageType message)
    {
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader is { Number: 7, Type: WireType.Varint, Value: 1 }) message.IsMapEntry = true;
        }

        return true;
    }

    private static bool ReadEnum(ReadOnlySpan<byte> data, string scope, ProtobufSchema schema)
    {
        if (!TryText(data, 1, out var name)) return false;
        var names = new Dictionary<int, string>();
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader is not { Number: 2, Type: WireType.Length }) continue;
            if (!TryText(reader.Bytes, 1, out var value)) return false;
            var number = 0;
            var inner = new WireReader(reader.Bytes);
            while (!inner.AtEnd && inner.Read())
            {
                if (inner is { Number: 2, Type: WireType.Varint }) number = (int)inner.Value;
            }

            names.TryAdd(number, value);
        }

        schema.AddEnum(Join(scope, name), names);
        return true;
    }

    private static bool ReadService(ReadOnlySpan<byte> data, string package, ProtobufSchema schema)
    {
        if (!TryText(data, 1, out var service)) return false;
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader is not { Number: 2, Type: WireType.Length }) continue;
            if (!TryText(reader.Bytes, 1, out var method) || !TryText(reader.Bytes, 2, out var input) || !TryText(reader.Bytes, 3, out var output)) return false;
            schema.AddMethod(Join(package, service), method, input, output);
        }

        return true;
    }

    /// <summary>The text of field <paramref name="number"/>, empty where it is not there. False where <paramref name="data"/> is no message.</summary>
    private static bool TryText(ReadOnlySpan<byte> data, int number, out string text)
    {
        text = "";
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader.Number == number && reader.Type == WireType.Length) text = Encoding.UTF8.GetString(reader.Bytes);
        }

        return true;
    }

    private static string Join(string scope, string name) => scope.Length == 0 ? name : scope + "." + name;
}
