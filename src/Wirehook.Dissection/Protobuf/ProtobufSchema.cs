using System.Text;

namespace Wirehook.Dissection.Protobuf;

/// <summary>
/// Message types that are known, from <c>.proto</c> files and descriptor sets, and which of them a gRPC method takes and gives. A type that no file declares is no
/// error: its fields are shown by number.
/// </summary>
public sealed class ProtobufSchema
{
    private readonly Dictionary<string, MessageType> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, string>> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Input, string Output)> _methods = new(StringComparer.Ordinal);

    /// <summary>How many message types there are, those of map entries included.</summary>
    public int MessageTypes => _messages.Count;

    /// <summary>How many methods of services there are.</summary>
    public int Methods => _methods.Count;

    /// <summary>Adds what a file declares: a descriptor set as <c>protoc --descriptor_set_out</c> writes it, or the text of a <c>.proto</c> file.</summary>
    /// <param name="name">The file's name; one that ends with <c>.proto</c> is text.</param>
    /// <param name="content">The file.</param>
    /// <returns>What is wrong with it, with its line; null where nothing is.</returns>
    public string? Add(string name, ReadOnlySpan<byte> content)
    {
        if (name.EndsWith(".proto", StringComparison.OrdinalIgnoreCase)) return new ProtoParser(this, Encoding.UTF8.GetString(content)).Parse() is { } error ? $"{name}:{error}" : null;
        return DescriptorReader.Read(content, this) ? null : $"{name}: this is no descriptor set; files of the proto language must be named .proto.";
    }

    /// <summary>Finds the types that fields name. To be called once, behind the last <see cref="Add"/>.</summary>
    public void Resolve()
    {
        foreach (var message in _messages.Values)
        {
            foreach (var field in message.Fields.Values) Resolve(message, field);
        }
    }

    internal void AddMessage(MessageType message) => _messages[message.FullName] = message;

    internal void AddEnum(string fullName, Dictionary<int, string> names) => _enums[fullName] = names;

    internal void AddMethod(string service, string method, string input, string output) => _methods[$"/{service}/{method}"] = (input, output);

    internal MessageType? Find(string fullName) => _messages.GetValueOrDefault(fullName);

    /// <summary>The type of the messages of one side of the method at <paramref name="path"/>, or null.</summary>
    internal MessageType? TypeOf(string path, bool isRequest)
    {
        if (!_methods.TryGetValue(path, out var method)) return null;
        var service = path[1..path.LastIndexOf('/')];
        return Lookup(service, isRequest ? method.Input : method.Output, _messages);
    }

    private void Resolve(MessageType scope, MessageField field)
    {
        if (field.TypeName.Length == 0) return;
        field.Message = Lookup(scope.FullName, field.TypeName, _messages);
        field.Names = Lookup(scope.FullName, field.TypeName, _enums);
        if (field.Type != FieldType.Group) field.Type = field.Message is not null ? FieldType.Message : field.Names is not null ? FieldType.Enum : FieldType.Unknown;
    }

    /// <summary>The innermost declaration of <paramref name="name"/> that <paramref name="scope"/> sees; a leading dot makes the name a full one.</summary>
    private static T? Lookup<T>(string scope, string name, Dictionary<string, T> declared)
        where T : class
    {
        if (name.StartsWith('.')) return declared.GetValueOrDefault(name[1..]);
        while (true)
        {
            if (declared.TryGetValue(scope.Length == 0 ? name : scope + "." + name, out var found)) return found;
            if (scope.Length == 0) return null;
            scope = scope[..Math.Max(0, scope.LastIndexOf('.'))];
        }
    }
}
