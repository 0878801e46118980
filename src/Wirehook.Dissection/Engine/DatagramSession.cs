using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>One flow of datagrams: asks the modules until one takes it, then passes every datagram on.</summary>
internal sealed class DatagramSession(FlowContext context, ProtocolModule[] modules) : IFlowHandler
{
    private DatagramDissector? _dissector;

    public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        Dissect(direction, data, missing, timestamp);
        context.AfterData(timestamp);
    }

    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        _dissector?.OnEnd(end, timestamp);
        _dissector = null;
    }

    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
    }

    public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp)
    {
    }

    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
    }

    private void Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (_dissector is not null)
        {
            if (_dissector.Dissect(direction, data, missing, timestamp)) return;
            if (context.ItemCount > 0)
            {
                context.Losses.RejectedDatagrams.Add();
                return;
            }

            // The guess is taken back; what it took for messages and held leaves now, so that nothing stays behind without an owner.
            _dissector.OnEnd(FlowEnd.Evicted, timestamp);
            _dissector = null;
        }

        if (!Detect(direction, data, missing, timestamp)) context.Losses.UnidentifiedDatagrams.Add();
    }

    private bool Detect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var module in modules)
            {
                var portMatches = PortHints.Match(module, context.Flow);
                if (portMatches != (pass == 0)) continue;
                var opening = new DatagramOpening { Flow = context.Flow, Direction = direction, Data = data, Missing = missing, PortMatches = portMatches };
                if (module.Detect(opening) is not (Detection.Likely or Detection.Certain)) continue;
                var dissector = module.CreateDatagramDissector(context);
                if (!dissector.Dissect(direction, data, missing, timestamp)) continue;
                _dissector = dissector;
                return true;
            }
        }

        return false;
    }
}
