using System.Text;
using Wirehook.JavaScript;
using Wirehook.Netlink.Events;

namespace Wirehook.Scripting.Hooks.NetworkEvents;

/// <summary>A network event as <c>onNetworkEvent</c> gets it: the fields of its JSON, each made when it is read.</summary>
/// <param name="engine">The engine of the scripts.</param>
/// <param name="networkEvent">The event.</param>
internal sealed class NetworkEventView(JsEngine engine, NetworkEvent networkEvent) : HostRecord(engine, NetworkEventFields.Shape)
{
    // An event, its object before and after, and their texts.
    private const long EventBytes = 1536;
    private NetworkObjectView? _current;
    private NetworkObjectView? _former;
    private bool _handedOutArrays;

    /// <summary>The event.</summary>
    internal NetworkEvent Event => networkEvent;

    /// <inheritdoc/>
    protected override long RetainedBytes => EventBytes;

    /// <inheritdoc/>
    public override bool TryWriteJson(StringBuilder output)
    {
        if (_handedOutArrays || _current is { IsAsReceived: false } || _former is { IsAsReceived: false }) return false;
        output.Append(EventJson.ToLine(Event));
        return true;
    }

    /// <summary>The object after the change.</summary>
    /// <param name="family">The fields of its family; absent where the event is of another one.</param>
    internal JsValue ShowCurrent(NetworkFamilyFields family)
    {
        if (Event.Current is not { } current || current.Family != family.Family) return JsValue.Empty;
        return JsValue.From(_current = new NetworkObjectView(Engine, family, current, ulong.MaxValue));
    }

    /// <summary>The former values of what changed; absent where nothing did.</summary>
    internal JsValue ShowFormer()
    {
        if (Event.Previous is not { } previous || Event.Changed == 0) return JsValue.Empty;
        return JsValue.From(_former = new NetworkObjectView(Engine, NetworkEventFields.Of(previous.Family), previous, Event.Changed));
    }

    /// <summary>A list, which the script may change without a trace.</summary>
    internal JsValue ShowList(IReadOnlyList<string> texts)
    {
        _handedOutArrays = true;
        return NetworkObjectView.ToArray(Engine, texts);
    }
}
