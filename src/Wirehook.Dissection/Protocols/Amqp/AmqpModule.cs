using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Amqp;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(AmqpModule))]

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>AMQP 0-9-1 with RabbitMQ's extensions. AMQP 1.0, another protocol of the same name, is not recognised.</summary>
public sealed class AmqpModule : ProtocolModule
{
    /// <summary>Longest frame whose rest detection waits for.</summary>
    private const int DetectionFrameLimit = 128 << 10;

    internal static Protocol Amqp { get; } = new()
    {
        Name = "amqp",
        Version = "0-9-1",
        Abbreviation = "AMQP",
        LongName = "Advanced Message Queuing Protocol 0-9-1",
        Macro = "amqp",
        BackgroundColor = "#ff6600",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://www.rabbitmq.com/amqp-0-9-1-reference.html",
        Ports = [5671, 5672],
        Layer4 = "tcp",
        Priority = 1,
    };

    /// <summary>What a client sends first (§4.2.2).</summary>
    internal static ReadOnlySpan<byte> ProtocolHeader => [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Amqp];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [AmqpItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var forward = Detect(opening.Forward, opening.Final);
        if (forward == Detection.Certain) return forward;
        var reverse = Detect(opening.Reverse, opening.Final);
        return reverse == Detection.No ? forward : reverse;
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new AmqpDissector(context);

    private static Detection Detect(ReadOnlySpan<byte> data, bool final)
    {
        if (data.IsEmpty) return Detection.No;
        if (data.StartsWith(ProtocolHeader)) return Detection.Certain;
        if (ProtocolHeader.StartsWith(data)) return final ? Detection.No : Detection.NeedMore;
        if (AmqpFrame.IsUnmistakable(data, DetectionFrameLimit, out var needed)) return Detection.Certain;
        return needed > 0 && !final ? Detection.NeedMore : Detection.No;
    }
}
