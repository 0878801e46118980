using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

[assembly: ProtocolModule(typeof(HttpModule))]

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>HTTP/1.0 and HTTP/1.1 (RFC 9110, RFC 9112) on any port, and HTTP/0.9 (RFC 1945) from the start of a connection to a port of HTTP.</summary>
public sealed class HttpModule : ProtocolModule
{
    private static readonly ushort[] CommonPorts = [80, 443, 8080];

    internal static Protocol Http09 { get; } = Declare("0.9", "https://datatracker.ietf.org/doc/html/rfc1945");

    internal static Protocol Http10 { get; } = Declare("1.0", "https://datatracker.ietf.org/doc/html/rfc1945");

    internal static Protocol Http11 { get; } = Declare("1.1", "https://datatracker.ietf.org/doc/html/rfc2616");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Http11, Http10, Http09];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [HttpItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool CarriesStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var forward = Detect(opening.Forward, opening.Final);
        if (forward == Detection.Certain) return forward;
        var reverse = Detect(opening.Reverse, opening.Final);
        if (reverse is Detection.Certain or Detection.NeedMore || forward == Detection.NeedMore) return reverse == Detection.No ? forward : reverse;
        return opening.AtStart && opening.PortMatches ? DetectSimple(opening.Forward) : Detection.No;
    }

    /// <summary>Whether the responder's port is one of HTTP's.</summary>
    internal static bool IsExpectedIn(Flow flow) => Array.IndexOf(CommonPorts, flow.Responder.Port) >= 0;

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new HttpDissector(context);

    private static Detection Detect(ReadOnlySpan<byte> data, bool final)
    {
        data = data[HttpStartLine.CountLeadingLineEnds(data)..];
        if (data.IsEmpty) return Detection.No;
        var request = HttpStartLine.CheckRequest(data);
        var response = HttpStartLine.CheckResponse(data);
        if (request == StartLineCheck.Valid || response == StartLineCheck.Valid) return Detection.Certain;
        return !final && (request == StartLineCheck.Incomplete || response == StartLineCheck.Incomplete) ? Detection.NeedMore : Detection.No;
    }

    /// <summary>A request without version is believed only where HTTP is expected: too many protocols begin with a word and an argument.</summary>
    private static Detection DetectSimple(ReadOnlySpan<byte> data) =>
        HttpStartLine.CheckSimpleRequest(data) == StartLineCheck.Valid ? Detection.Certain : Detection.No;

    private static Protocol Declare(string version, string reference) => new()
    {
        Name = "http",
        Version = version,
        Abbreviation = "HTTP",
        LongName = "Hypertext Transfer Protocol -- HTTP/" + version,
        Macro = "http",
        BackgroundColor = "#326de6",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = CommonPorts,
        Layer4 = "tcp",
        Priority = 0,
    };
}
