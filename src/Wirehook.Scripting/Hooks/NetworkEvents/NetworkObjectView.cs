using Wirehook.JavaScript;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;

namespace Wirehook.Scripting.Hooks.NetworkEvents;

/// <summary>A link, address, route … as scripts see it, or the former values of the fields that changed.</summary>
/// <param name="engine">The engine of the scripts.</param>
/// <param name="family">The fields of its family.</param>
/// <param name="subject">The object.</param>
/// <param name="shown">Bit i is set where the family's field i is shown.</param>
internal sealed class NetworkObjectView(JsEngine engine, NetworkFamilyFields family, NetlinkObject subject, ulong shown) : HostRecord(engine, family.Shape)
{
    private bool _handedOutArrays;

    /// <summary>Whether nothing in the object can differ from what the kernel gave.</summary>
    internal bool IsAsReceived => IsUntouched && !_handedOutArrays;

    /// <summary>A script's array of <paramref name="texts"/>.</summary>
    internal static JsValue ToArray(JsEngine engine, IReadOnlyList<string> texts)
    {
        var items = new JsValue[texts.Count];
        for (var i = 0; i < items.Length; i++) items[i] = JsValue.From(texts[i]);
        return JsValue.From(engine.NewArray(items));
    }

    /// <summary>Reads a field of the family for the script.</summary>
    /// <param name="index">Its position.</param>
    internal JsValue Read(int index)
    {
        if ((shown >> index & 1) == 0) return JsValue.Empty;
        var value = family.Family.Fields[index].Get(subject);
        switch (value.Kind)
        {
            case NetworkValueKind.Number: return JsValue.From((double)value.AsNumber);
            case NetworkValueKind.Flag: return JsValue.From(value.AsFlag);
            case NetworkValueKind.Text: return JsValue.From(value.AsText);
            case NetworkValueKind.Address: return JsValue.From(value.ToString());
            case NetworkValueKind.List:
                _handedOutArrays = true;
                return ToArray(Engine, value.AsList);
            default: return JsValue.Empty;
        }
    }
}
