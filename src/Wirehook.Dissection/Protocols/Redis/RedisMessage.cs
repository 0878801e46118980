using System.Globalization;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>A Redis command or reply, read from its kept bytes when a field is asked for.</summary>
internal sealed class RedisMessage(RedisBytes bytes, bool isRequest) : Record
{
    private RedisContent? _content;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("RedisMessage", "A Redis command or reply.",
    [
        new("type", "string", "`Array` for a command; `Simple String`, `Bulk String`, `Integer`, `Error`, `Array`, `Map`, `Set`, `Push`, `Double`, `Boolean`, `Null`, `Big Number`, `Bulk Error`, `Verbatim String`; `Inline` for a command typed as a line.",
            static r => FieldValue.From(Of(r).TypeName)),
        new("command", "string", "The command in upper case; for pushed messages their kind, such as `MESSAGE`; otherwise empty.", static r => FieldValue.From(Of(r).Command)),
        new("key", "string", "The command's first argument, usually a key; for pushed messages the channel.", static r => FieldValue.From(Of(r).Key)),
        new("value", "string", "The second argument, or the list of all from the second on in brackets; the reply's content.", static r => FieldValue.From(Of(r).Value)),
        new("keyword", "string", "A reply's `OK`, `PONG` or `QUEUED`; otherwise empty.", static r => FieldValue.From(Of(r).Keyword)),
        new("arguments", "string[]", "All arguments of a command; of a pushed message what follows its kind.", static r => FieldValue.From(Of(r).Arguments), Optional: true),
        new("line", "string", "The command with all its arguments, separated by spaces.", static r => FieldValue.From(((RedisMessage)r).Line), Optional: true),
        new("elements", "any[]", "The values of a reply that is an array, set or map (keys and values in turn); lists within lists, numbers as numbers, null for null.",
            static r => FieldValue.From(Of(r).Elements), Optional: true),
        new("attributes", "any[]", "Keys and values of the attributes before the reply.", static r => FieldValue.From(Of(r).Attributes), Optional: true),
        new("error", "string", "The error's first word, such as `ERR` or `WRONGTYPE`; only present for errors.", static r => FieldValue.From(Of(r).ErrorCode), Optional: true),
        new("isNull", "boolean", "Present and true where the reply is null.", static r => Flag(Of(r).IsNull), Optional: true),
        new("encoding", "string", "`base64` where some of the strings are not UTF-8: those are in base64.", static r => FieldValue.From(Of(r).IsEncoded ? "base64" : null), Optional: true),
        new("truncated", "boolean", "Present and true when only the beginning is there.", static r => Flag(((RedisMessage)r).Bytes.Message.Truncated), Optional: true),
    ]);

    /// <summary>The bytes of the message.</summary>
    public RedisBytes Bytes { get; } = bytes;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private RedisContent Content => _content ??= RedisContentReader.Read(Bytes, isRequest);

    private string? Line
    {
        get
        {
            if (!isRequest) return null;
            var (content, line) = (Content, new StringBuilder());
            line.Append(content.Command);
            foreach (var argument in content.Arguments ?? []) line.Append(CultureInfo.InvariantCulture, $" {argument.AsString}");
            return line.ToString();
        }
    }

    private static FieldValue Flag(bool set) => set ? FieldValue.From(true) : FieldValue.Absent;

    private static RedisContent Of(Record record) => ((RedisMessage)record).Content;
}
