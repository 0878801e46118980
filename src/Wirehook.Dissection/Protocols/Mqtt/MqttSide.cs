using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>How far one direction of a connection has been read.</summary>
internal sealed class MqttSide
{
    /// <summary>When the first byte of the packet that is not complete was captured.</summary>
    public Timestamp? Started { get; set; }

    /// <summary>Whether it is unknown where the next packet begins.</summary>
    public bool IsLost { get; set; }

    /// <summary>Bytes of the present packet that are still to be passed over.</summary>
    public long Remaining { get; set; }

    /// <summary>The header of the packet that is passed over; null where its item was emitted.</summary>
    public MqttFixedHeader? Passed { get; set; }

    /// <summary>What is kept of it.</summary>
    public ReadOnlyMemory<byte> Kept { get; set; }

    /// <summary>The topics that aliases stand for (MQTT 5.0 §3.3.2.3.4); null before the first.</summary>
    public Remembered<int, string>? Aliases { get; set; }
}
