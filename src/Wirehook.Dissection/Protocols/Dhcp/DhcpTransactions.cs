using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>
/// The requests of all flows that wait. Question and answer of DHCP travel between different addresses (a client without one asks everybody), so they
/// belong to different flows, and their transaction id and client join them.
/// </summary>
internal sealed class DhcpTransactions
{
    private KeyedPairing<DhcpPending>? _pairing;

    /// <summary>The requests that wait; limits are those of <paramref name="context"/>'s engine.</summary>
    public KeyedPairing<DhcpPending> Of(FlowContext context) => _pairing ??= new KeyedPairing<DhcpPending>(context, Leave);

    private static void Leave(DhcpPending request, ItemError because) => request.Asker.EmitUnanswered(request, because);
}
