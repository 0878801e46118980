using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Dns;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(DnsModule))]

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>DNS over UDP and TCP (RFC 1035, RFC 7766), mDNS (RFC 6762) and LLMNR (RFC 4795).</summary>
public sealed class DnsModule : ProtocolModule
{
    private const int LongestFirstMessage = 4096;

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } =
        [DnsProtocols.Datagram, DnsProtocols.Stream, DnsProtocols.Multicast, DnsProtocols.LinkLocalDatagram, DnsProtocols.LinkLocalStream];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [DnsItem.RecordType];

    /// <inheritdoc/>
    public override IReadOnlyList<ushort> Ports { get; } = [DnsProtocols.Port, DnsProtocols.MulticastPort, DnsProtocols.LinkLocalPort];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening)
    {
        if (opening.PortMatches)
        {
            return DnsMessageCheck.TryRead(opening.Data, out var header, out _) || DnsMessageCheck.IsDamaged(header) ? Detection.Likely : Detection.No;
        }

        if (opening.Missing > 0 || DnsMessageCheck.IsNetBios(opening.Flow)) return Detection.No;
        return DnsMessageCheck.IsUnmistakable(opening.Data) ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var data = opening.Forward.IsEmpty ? opening.Reverse : opening.Forward;
        if (data.Length < 2) return opening.Final ? Detection.No : Detection.NeedMore;
        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        return opening.PortMatches ? DetectOnPort(data, length, opening) : DetectAnywhere(data, length, opening);
    }

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new DnsDatagramDissector(context);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new DnsStreamDissector(context);

    private static Detection DetectOnPort(ReadOnlySpan<byte> data, int length, in StreamOpening opening)
    {
        if (!opening.AtStart) return Detection.Likely;
        if (length < DnsHeader.Length) return Detection.No;
        var message = data[2..];
        if (message.Length < Math.Min(length, DnsMessageCheck.ShortestWithQuestion)) return opening.Final ? Detection.No : Detection.NeedMore;
        if (message.Length < length) return DnsMessageCheck.MayBecomeUnmistakable(message) ? Detection.Likely : Detection.No;
        return DnsMessageCheck.TryRead(message[..length], out _, out _) ? Detection.Likely : Detection.No;
    }

    private static Detection DetectAnywhere(ReadOnlySpan<byte> data, int length, in StreamOpening opening)
    {
        if (!opening.AtStart || length is < DnsMessageCheck.ShortestWithQuestion or > LongestFirstMessage) return Detection.No;
        var message = data[2..];
        if (message.Length >= length) return DnsMessageCheck.IsUnmistakable(message[..length]) ? Detection.Likely : Detection.No;
        return opening.Final || !DnsMessageCheck.MayBecomeUnmistakable(message) ? Detection.No : Detection.NeedMore;
    }
}
