using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Kafka;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(KafkaModule))]

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>Kafka's protocol (kafka.apache.org/protocol), on any port.</summary>
public sealed class KafkaModule : ProtocolModule
{
    internal static Protocol Kafka { get; } = new()
    {
        Name = "kafka",
        Version = "12",
        Abbreviation = "KAFKA",
        LongName = "Apache Kafka Protocol",
        Macro = "kafka",
        BackgroundColor = "#000000",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://kafka.apache.org/protocol",
        Ports = [9092],
        Layer4 = "tcp",
        Priority = 2,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Kafka];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [KafkaItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var forward = Detect(opening.Forward, opening.Reverse, opening.PortMatches, opening.Final);
        if (forward is Detection.Certain or Detection.Likely) return forward;
        var reverse = Detect(opening.Reverse, opening.Forward, opening.PortMatches, opening.Final);
        if (reverse is Detection.Certain or Detection.Likely) return reverse;
        if (forward == Detection.NeedMore || reverse == Detection.NeedMore) return Detection.NeedMore;
        return opening.PortMatches ? DetectResponses(opening) : Detection.No;
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new KafkaDissector(context);

    private static Detection Detect(ReadOnlySpan<byte> requests, ReadOnlySpan<byte> responses, bool portMatches, bool final)
    {
        if (requests.IsEmpty) return Detection.No;
        switch (KafkaRequestCheck.Check(requests))
        {
            case KafkaLikeness.Whole:
                return Detection.Certain;
            case KafkaLikeness.Header when IsAnswered(requests, responses):
                return Detection.Certain;
            case KafkaLikeness.Header when portMatches:
                return Detection.Likely;
            case KafkaLikeness.Header when final:
                return KafkaRequestHeader.TryRead(requests, out var header, out _) && header.ClientIdLength > 0 ? Detection.Likely : Detection.No;
            case KafkaLikeness.Header or KafkaLikeness.NeedMore:
                return final ? Detection.No : Detection.NeedMore;
            default:
                return Detection.No;
        }
    }

    /// <summary>Whether the first response has the first request's correlation id.</summary>
    private static bool IsAnswered(ReadOnlySpan<byte> requests, ReadOnlySpan<byte> responses) =>
        responses.Length >= KafkaMessage.ResponseHeadLength && responses.Slice(4, 4).SequenceEqual(requests.Slice(8, 4)) && responses[0] < 16;

    /// <summary>Responses alone say nothing of themselves: they are believed where their sizes add up to what came from a port of Kafka.</summary>
    private static Detection DetectResponses(in StreamOpening opening)
    {
        var fromResponder = opening.Flow.Responder.Port == Kafka.Ports[0];
        var data = fromResponder ? opening.Reverse : opening.Forward;
        if (data.IsEmpty || !(fromResponder ? opening.Forward : opening.Reverse).IsEmpty) return Detection.No;
        if (KafkaConversation.AreWhole(data)) return Detection.Likely;
        var size = data.Length >= KafkaRequestHeader.SizeLength ? BinaryPrimitives.ReadInt32BigEndian(data) : KafkaRequestHeader.SizeLength;
        return size is < 4 or > KafkaRequestHeader.MostBytes || opening.Final ? Detection.No : Detection.NeedMore;
    }
}
