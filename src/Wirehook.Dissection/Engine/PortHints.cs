using Wirehook.Dissection.Contract;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>Whether a flow's ports hint at a module.</summary>
internal static class PortHints
{
    public static bool Match(ProtocolModule module, Flow flow)
    {
        var ports = module.Ports;
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i] == flow.Responder.Port || ports[i] == flow.Initiator.Port) return true;
        }

        return false;
    }
}
