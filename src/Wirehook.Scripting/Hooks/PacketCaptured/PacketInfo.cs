using System.Globalization;
using System.Text;
using Wirehook.JavaScript;
using Wirehook.Packets;

namespace Wirehook.Scripting.Hooks.PacketCaptured;

/// <summary>A packet as <c>onPacketCaptured</c> gets it.</summary>
/// <param name="engine">The engine of the scripts.</param>
internal sealed class PacketInfo(JsEngine engine) : HostRecord(engine, PacketInfoFields.Shape)
{
    /// <summary>The packet. Changed only while no script holds the object.</summary>
    internal PacketHeader Packet;

    /// <inheritdoc/>
    public override bool TryWriteJson(StringBuilder output)
    {
        output.Append(CultureInfo.InvariantCulture, $"{{\"captureLength\":{Packet.CaptureLength},\"length\":{Packet.Length},\"timestamp\":\"{Packet.Timestamp}\",\"truncated\":")
            .Append(Packet.Truncated ? "true}" : "false}");
        return true;
    }
}
