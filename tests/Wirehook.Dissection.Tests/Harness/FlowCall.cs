using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>What a flow's follower was told.</summary>
internal enum FlowCallKind
{
    Data,
    Gap,
    Datagram,
    DirectionEnd,
    End,
}

/// <summary>One call that the flow table made, kept so that it can be made again, as it was or changed.</summary>
/// <param name="Flow">Index of the flow in the recording.</param>
/// <param name="Kind">Which call.</param>
/// <param name="Direction">Whose bytes.</param>
/// <param name="Data">The bytes, of data and datagrams.</param>
/// <param name="Length">Missing bytes, of gaps and datagrams.</param>
/// <param name="End">Why the flow ended, of ends.</param>
/// <param name="Timestamp">When.</param>
internal sealed record FlowCall(int Flow, FlowCallKind Kind, Direction Direction, byte[] Data, long Length, FlowEnd End, Timestamp Timestamp)
{
    /// <summary>Makes the call.</summary>
    public void Make(IFlowHandler handler)
    {
        switch (Kind)
        {
            case FlowCallKind.Data:
                if (Data.Length > 0) handler.OnData(Direction, Data, Timestamp);
                break;
            case FlowCallKind.Gap:
                handler.OnGap(Direction, Length, GapReason.NotCaptured, Timestamp);
                break;
            case FlowCallKind.Datagram:
                handler.OnDatagram(Direction, Data, (int)Length, Timestamp);
                break;
            case FlowCallKind.DirectionEnd:
                handler.OnDirectionEnd(Direction, Timestamp);
                break;
            default:
                handler.OnEnd(End, Timestamp);
                break;
        }
    }
}
