
namespace Wirehook.Packets.Reassembly;

/// <summary>Sequence state of one TCP connection.</summary>
internal sealed class TcpConnection
{
}
