using System.Globalization;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>A session description (RFC 8866).</summary>
internal sealed class SdpSession : Record
{
    private readonly List<FieldValue> _attributes = [];
    private readonly List<FieldValue> _media = [];
    private string? _origin;
    private string? _name;
    private string? _connection;

    /// <summary>Reads a description.</summary>
    /// <param name="body">Its lines.</param>
    public SdpSession(ReadOnlySpan<byte> body)
    {
        SdpMedia? media = null;
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].TrimEnd((byte)'\r');
            if (line.Length < 2 || line[1] != '=') continue;
            Read((char)line[0], Encoding.UTF8.GetString(line[2..]), ref media);
        }
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SdpSession", "A session description (SDP).",
    [
        new("origin", "string", "Who described the session: the line `o=`.", static r => FieldValue.From(((SdpSession)r)._origin), Optional: true),
        new("sessionName", "string", "The line `s=`.", static r => FieldValue.From(((SdpSession)r)._name), Optional: true),
        new("connection", "string", "The address of all media without one of their own: the line `c=`.", static r => FieldValue.From(((SdpSession)r)._connection), Optional: true),
        new("attributes", "string[]", "The lines `a=` before the first medium.", static r => FieldValue.From((IReadOnlyList<FieldValue>)((SdpSession)r)._attributes)),
        new("media", "SdpMedia[]", "The media.", static r => FieldValue.From((IReadOnlyList<FieldValue>)((SdpSession)r)._media)),
    ], SdpMedia.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private void Read(char type, string value, ref SdpMedia? media)
    {
        switch (type)
        {
            case 'm':
                media = new SdpMedia(value);
                _media.Add(FieldValue.From(media));
                break;
            case 'a':
                (media?.Attributes ?? _attributes).Add(FieldValue.From(value));
                break;
            case 'c' when media is not null:
                media.Connection = value;
                break;
            case 'c':
                _connection = value;
                break;
            case 'o':
                _origin = value;
                break;
            case 's':
                _name = value;
                break;
            default:
                break;
        }
    }
}

/// <summary>One medium of a session: a line <c>m=</c> and what follows it.</summary>
internal sealed class SdpMedia : Record
{
    private readonly string[] _parts;

    /// <summary>A medium.</summary>
    /// <param name="line">The line's value: type, port, protocol and formats.</param>
    public SdpMedia(string line) => _parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SdpMedia", "One medium of a session.",
    [
        new("type", "string", "Such as `audio`.", static r => FieldValue.From(((SdpMedia)r).Part(0))),
        new("port", "number", "The port where the medium is received; 0 where it is refused.", static r => ((SdpMedia)r).Port),
        new("protocol", "string", "Such as `RTP/AVP`.", static r => FieldValue.From(((SdpMedia)r).Part(2))),
        new("formats", "string[]", "Formats; for RTP the payload types.", static r => FieldValue.From((IReadOnlyList<FieldValue>)[.. ((SdpMedia)r)._parts.Skip(3).Select(FieldValue.From)])),
        new("connection", "string", "The medium's own address.", static r => FieldValue.From(((SdpMedia)r).Connection), Optional: true),
        new("attributes", "string[]", "The lines `a=`.", static r => FieldValue.From((IReadOnlyList<FieldValue>)((SdpMedia)r).Attributes)),
    ]);

    /// <summary>The lines <c>a=</c>.</summary>
    public List<FieldValue> Attributes { get; } = [];

    /// <summary>The line <c>c=</c>, or null.</summary>
    public string? Connection { get; set; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldValue Port => ushort.TryParse(Part(1).Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? FieldValue.From(port) : FieldValue.From(0);

    private string Part(int index) => index < _parts.Length ? _parts[index] : "";
}
