using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http2;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(Http2Module))]

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>HTTP/2 (RFC 9113) with and without TLS: by prior knowledge, behind an upgrade of HTTP/1, or from the middle of a connection. Its items are HTTP's.</summary>
public sealed class Http2Module : ProtocolModule
{
    internal static Protocol Http2 { get; } = new()
    {
        Name = "http",
        Version = "2.0",
        Abbreviation = "HTTP/2",
        LongName = "Hypertext Transfer Protocol Version 2 (HTTP/2)",
        Macro = "http2",
        BackgroundColor = "#244c5a",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc7540",
        Ports = [80, 443, 8080],
        Layer4 = "tcp",
        Priority = 0,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Http2];

    /// <summary>None of its own: its items are HTTP's.</summary>
    public override IReadOnlyList<RecordType> ItemTypes => [];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool CarriesStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening) => Http2Detection.Detect(opening);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new Http2Dissector(context);
}
