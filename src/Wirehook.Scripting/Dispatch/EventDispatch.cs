using System.Diagnostics;
using Wirehook.JavaScript;
using Wirehook.Netlink.Events;
using Wirehook.Packets;
using Wirehook.Scripting.Hooks.ItemCaptured;
using Wirehook.Scripting.Hooks.NetworkEvents;
using Wirehook.Scripting.Hooks.PacketCaptured;
using Wirehook.Scripting.Records;
using Wirehook.Scripting.Time;

namespace Wirehook.Scripting.Dispatch;

/// <summary>Shows the events of a batch to every script that has a hook for them, in load order, and measures what the hooks take.</summary>
internal sealed class EventDispatch
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;
    private readonly JsEngine _engine;
    private readonly ScriptCalls _calls;
    private readonly ScriptClock _clock;
    private readonly RecordViews _views;
    private readonly MissedEvents _missed;
    private readonly double _nanosecondsPerSecond;
    private readonly CallSampler _sampler = new();
    private LoadedScript[] _scripts = [];
    private Binding[] _packetHooks = [];
    private Binding[] _itemHooks = [];
    private Binding[] _networkHooks = [];
    private PacketInfo _info;
    private LaneBacklog? _backlog;
    private long _mark;
    private long _packetTicks;

    internal EventDispatch(JsEngine engine, ScriptCalls calls, ScriptClock clock, MissedEvents missed, ScriptBudget budget)
    {
        (_engine, _calls, _clock, _missed) = (engine, calls, clock, missed);
        _views = new RecordViews(engine);
        _info = new PacketInfo(engine);
        _nanosecondsPerSecond = budget.TimePerSecond.Ticks * 100.0;
    }

    /// <summary>Whether a script has a packet hook.</summary>
    internal bool WantsPackets => _packetHooks.Length > 0;

    /// <summary>Whether a script has an item hook.</summary>
    internal bool WantsItems => _itemHooks.Length > 0;

    /// <summary>Whether a script has a hook for network events.</summary>
    internal bool WantsNetworkEvents => _networkHooks.Length > 0;

    /// <summary>Serves these scripts from now on, in this order.</summary>
    internal void Serve(LoadedScript[] scripts)
    {
        _scripts = scripts;
        _packetHooks = Bind(scripts, PacketCapturedHook.Index);
        _itemHooks = Bind(scripts, ItemCapturedHook.Index);
        _networkHooks = Bind(scripts, NetworkEventHook.Index);
    }

    /// <summary>Starts the measuring of a batch.</summary>
    internal BatchMeasure Begin(LaneBacklog? backlog)
    {
        _backlog = backlog;
        _packetTicks = 0;
        _mark = Stopwatch.GetTimestamp();
        return new BatchMeasure(_mark, ThreadCpuClock.Nanoseconds);
    }

    /// <summary>Ends the measuring of a batch: what the packet hooks took together is divided by what samples of each took.</summary>
    internal void End(in BatchMeasure measure)
    {
        var now = Stopwatch.GetTimestamp();
        _packetTicks += now - _mark;
        var wall = Math.Max(1, (now - measure.Ticks) * NanosecondsPerTick);
        var cpuPerWall = Math.Min(1, (ThreadCpuClock.Nanoseconds - measure.CpuNanoseconds) / wall);
        CallSampler.Divide(_packetHooks, _packetTicks * NanosecondsPerTick);
        foreach (var script in _scripts) script.Ledger.Settle(cpuPerWall);
    }

    /// <summary>Time that something else took between the events does not count for the packet hooks.</summary>
    internal void Exclude(long ticks) => _mark += ticks;

    /// <summary>Shows one packet to the scripts.</summary>
    internal void OnPacket(in PacketHeader packet)
    {
        var info = _info;
        info.Packet = packet;
        var argument = JsValue.From(info);
        var kept = false;
        var sampled = _sampler.IsDue();
        foreach (ref readonly var hook in _packetHooks.AsSpan())
        {
            if (!MayCall(hook, sampled) || hook.Slot.Find(_engine.Global) is not { } function) continue;
            kept |= function.FirstParameterEscapes;
            if (sampled) CallSampled(hook, function, argument);
            else _calls.Call(hook.Script, hook.Slot.Row, function, default, new ReadOnlySpan<JsValue>(in argument));
        }

        if (kept) _info = new PacketInfo(_engine);
    }

    /// <summary>Shows one item to the scripts. All of them see the same object.</summary>
    internal void OnItem(in ItemEvent item)
    {
        var start = LeavePackets();
        CallAll(_itemHooks, JsValue.From(_views.Show(item.Item)), start);
    }

    /// <summary>Shows one network event to the scripts. All of them see the same object.</summary>
    internal void OnNetworkEvent(NetworkEvent networkEvent)
    {
        var start = LeavePackets();
        CallAll(_networkHooks, JsValue.From(new NetworkEventView(_engine, networkEvent)), start);
    }

    /// <summary>Counts events that the lane dropped as missed by every script with a hook for them.</summary>
    internal void OnDropped(in DroppedEvents dropped)
    {
        CountDropped(_packetHooks, dropped.Packets);
        CountDropped(_itemHooks, dropped.Items);
        CountDropped(_networkHooks, dropped.NetworkEvents);
    }

    private static Binding[] Bind(LoadedScript[] scripts, int hook)
    {
        var bound = Array.FindAll(scripts, s => s.Hooks[hook] is { IsBound: true });
        return Array.ConvertAll(bound, s => new Binding(s, s.Hooks[hook]!));
    }

    private void CountDropped(Binding[] hooks, long count)
    {
        if (count == 0) return;
        foreach (var hook in hooks) _missed.QueueFull(hook.Slot.Row, count);
    }

    /// <summary>Ends a stretch of packets, whose time is measured as a whole. Returns the present time.</summary>
    private long LeavePackets()
    {
        var now = Stopwatch.GetTimestamp();
        _packetTicks += now - _mark;
        return now;
    }

    /// <summary>Calls hooks one by one, each measured; the first one's time begins at <paramref name="start"/>.</summary>
    private void CallAll(Binding[] hooks, in JsValue argument, long start)
    {
        foreach (ref readonly var hook in hooks.AsSpan())
        {
            if (!MayCall(hook, measured: true) || hook.Slot.Find(_engine.Global) is not { } function) continue;
            _calls.Call(hook.Script, hook.Slot.Row, function, default, new ReadOnlySpan<JsValue>(in argument));
            var end = Stopwatch.GetTimestamp();
            Note(hook, (end - start) * NanosecondsPerTick, end);
            start = end;
        }

        _mark = start;
    }

    private bool MayCall(in Binding hook, bool measured)
    {
        if (!hook.Script.IsServed && !hook.Script.MayRun(_clock.Now))
        {
            _missed.Paused(hook.Slot.Row);
            return false;
        }

        if (_backlog is null || !IsWithheld(hook, measured)) return true;
        _missed.OverShare(hook.Slot.Row);
        return false;
    }

    private bool IsWithheld(in Binding hook, bool measured)
    {
        var level = _backlog!.Level;
        if (level > 0)
        {
            if (measured) LaneShare.Rank(_scripts);
            if (level >= hook.Script.Share.WithheldAtLevel) return true;
        }

        return hook.Script.Share.HasUsedUp(_nanosecondsPerSecond);
    }

    private void CallSampled(in Binding hook, JsFunction function, in JsValue argument)
    {
        var start = Stopwatch.GetTimestamp();
        _calls.Call(hook.Script, hook.Slot.Row, function, default, new ReadOnlySpan<JsValue>(in argument));
        var end = Stopwatch.GetTimestamp();
        var nanoseconds = (end - start) * NanosecondsPerTick;
        hook.Slot.Row.Record((long)nanoseconds);
        hook.Slot.Row.NoteSample(nanoseconds);
        if (_backlog is not null) hook.Script.Share.Note(nanoseconds, CallSampler.MeanInterval, end / Stopwatch.Frequency);
    }

    private void Note(in Binding hook, double nanoseconds, long now)
    {
        hook.Slot.Row.Record((long)nanoseconds);
        hook.Slot.Row.PendingNanoseconds += nanoseconds;
        if (_backlog is not null) hook.Script.Share.Note(nanoseconds, 1, now / Stopwatch.Frequency);
    }

    /// <summary>A hook of a script that is served.</summary>
    internal readonly record struct Binding(LoadedScript Script, HookSlot Slot);

    /// <summary>Clocks at the start of a batch.</summary>
    internal readonly record struct BatchMeasure(long Ticks, long CpuNanoseconds);
}
