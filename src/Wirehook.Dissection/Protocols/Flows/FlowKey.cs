using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>What the connections of one flow share: transport, client, and the service.</summary>
internal readonly record struct FlowKey(TransportProtocol Transport, IpAddress Client, Endpoint Service);
