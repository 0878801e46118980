using Wirehook.Dissection.Items;
using Wirehook.JavaScript;
using Wirehook.Packets;
using Wirehook.Scripting.Hooks.PacketCaptured;
using Wirehook.Scripting.Records;

/// <summary>This engine, with the records that the program gives to hooks: one for all packets, a new one for every item.</summary>
internal sealed class WirehookSpeed : SpeedEngine
{
    private readonly JsEngine _engine = new(new BenchHost(), new JsLimits { CallNanoseconds = long.MaxValue });
    private readonly JsScript _script;
    private readonly RecordViews _views;
    private readonly PacketInfo _packet;
    private readonly IReadOnlyList<Item> _items;
    private readonly JsValue[] _arguments = new JsValue[1];

    internal WirehookSpeed(string hooks, IReadOnlyList<Item> items)
        : base("Wirehook")
    {
        _script = _engine.Compile("hooks.js", hooks);
        _engine.Run(_script);
        (_views, _items) = (new RecordViews(_engine), items);
        _packet = new PacketInfo(_engine) { Packet = new PacketHeader(default, 512, 512, LinkType.Ethernet) };
    }

    internal override Sample Run(SpeedCase speedCase, int calls)
    {
        _script.TryGetTopLevel(speedCase.Function, out var value);
        var function = value.AsFunction!;
        return Measure(() =>
        {
            if (speedCase.Argument == SpeedArgument.Item)
                CallWithItems(function, calls);
            else
                CallWith(function, speedCase.Argument == SpeedArgument.Packet ? JsValue.From(_packet) : JsValue.From(speedCase.Number), calls);
        });
    }

    private void CallWith(JsFunction function, in JsValue argument, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _arguments[0] = argument;
            _engine.Call(_script, function, default, _arguments);
        }
    }

    private void CallWithItems(JsFunction function, int calls)
    {
        for (int i = 0, next = 0; i < calls; i++)
        {
            _arguments[0] = JsValue.From(_views.Show(_items[next]));
            if (++next == _items.Count)
                next = 0;
            _engine.Call(_script, function, default, _arguments);
        }
    }
}
