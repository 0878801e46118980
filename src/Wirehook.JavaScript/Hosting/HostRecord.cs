using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>
/// A record of the host that scripts see as an ordinary object. Fields are made when read; the first change of any kind turns the record into
/// a real object with the same properties. A name with the other case of its first letter (<c>Request</c> for <c>request</c>) reads the field too.
/// </summary>
public abstract class HostRecord : JsObject
{
    private const int TypicalBytes = 512;
    private const int InitialKept = 4;

    // What the view itself takes. What it keeps alive is counted when memory is measured: most views are gone by then.
    private const int ViewBytes = 256;

    private ulong _kept;
    private JsValue[]? _keptValues;

    /// <summary>Creates a record of the given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected HostRecord(JsEngine engine, HostShape shape)
        : base((shape ?? throw new ArgumentNullException(nameof(shape))).ShapeFor(engine), BaseBytes + ViewBytes)
    {
    }

    /// <summary>Whether no script has changed the record.</summary>
    public bool IsUntouched => Shape.Host is not null;

    /// <summary>About how many bytes of the host's memory the record keeps alive; they count as the script's while it holds the record.</summary>
    protected virtual long RetainedBytes => TypicalBytes;

    /// <summary>The objects that fields of the untouched record gave and that scripts may have changed since.</summary>
    protected ReadOnlySpan<JsValue> KeptValues => _keptValues.AsSpan(0, BitOperations.PopCount(_kept));

    /// <summary>Writes the record's canonical JSON. Only asked while the record is untouched.</summary>
    /// <returns>False when the record must be walked field by field instead.</returns>
    public virtual bool TryWriteJson(StringBuilder output) => false;

    /// <summary>Makes the record untouched again and forgets the values read from it, so that the host can use it for its next event.</summary>
    protected void Reset(HostShape shape)
    {
        Shape = (shape ?? throw new ArgumentNullException(nameof(shape))).ShapeFor(Engine);
        (_kept, _keptValues, Slots) = (0, null, []);
    }

    /// <summary>The value of a field of an untouched record; empty when absent. Objects stay the same from read to read.</summary>
    internal JsValue ReadField(HostShape host, int field)
    {
        ulong bit = 1UL << field;
        if ((_kept & bit) != 0)
            return _keptValues![BitOperations.PopCount(_kept & (bit - 1))];
        var value = host.Properties[field].Get(this);
        if (value.IsObject)
            Keep(bit, value);
        return value;
    }

    /// <inheritdoc/>
    public override bool HasOwnProperty(PropertyKey key)
    {
        if (Shape.Host is not { } host)
            return base.HasOwnProperty(key);
        int field = key.IsIndex ? -1 : host.Find(key.Name);
        return field >= 0 && !ReadField(host, field).IsEmpty;
    }

    /// <inheritdoc/>
    public override bool GetOwnProperty(PropertyKey key, out PropertyDescriptor descriptor)
    {
        if (Shape.Host is not { } host)
            return base.GetOwnProperty(key, out descriptor);
        int field = key.IsIndex ? -1 : host.Find(key.Name);
        var value = field >= 0 ? ReadField(host, field) : JsValue.Empty;
        descriptor = value.IsEmpty ? default : PropertyDescriptor.Data(value);
        return !value.IsEmpty;
    }

    /// <inheritdoc/>
    public override void CollectOwnKeys(List<PropertyKey> keys)
    {
        if (Shape.Host is not { } host)
        {
            base.CollectOwnKeys(keys);
            return;
        }
        for (int i = 0; i < host.Properties.Length; i++)
        {
            if (!ReadField(host, i).IsEmpty)
                keys.Add(PropertyKey.FromIdentifier(host.Properties[i].Name));
        }
    }

    internal override bool TryGetOwnValue(PropertyKey key, in JsValue receiver, out JsValue value)
    {
        if (Shape.Host is { } host)
        {
            int field = key.IsIndex ? -1 : host.Find(key.Name);
            value = field >= 0 ? ReadField(host, field) : JsValue.Empty;
            if (!value.IsEmpty)
                return true;
            value = default;
        }
        else if (base.TryGetOwnValue(key, receiver, out value))
        {
            return true;
        }
        return !key.IsIndex && TryGetAlias(key.Name, receiver, out value);
    }

    internal override bool IsOrdinaryName(string name) => false;

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.Add(RetainedBytes);
        tracer.VisitArray(_keptValues);
    }

    private protected override void Materialise()
    {
        var host = Shape.Host!;
        var fields = host.Properties;
        Shape = Engine.Intrinsics.HostRoot;
        ReserveSlots(fields.Length);
        for (int i = 0; i < fields.Length; i++)
        {
            var value = ReadField(host, i);
            if (!value.IsEmpty)
                AddSlot(PropertyKey.FromIdentifier(fields[i].Name), value, PropertyAttributes.All);
        }
        (_kept, _keptValues) = (0, null);
    }

    // A Go-style name means the field whose first letter differs in case only, unless the prototypes know the name as it stands.
    private bool TryGetAlias(string name, in JsValue receiver, out JsValue value)
    {
        value = default;
        if (Shape.Host is not { } host)
            return TryGetAliasOfObject(name, receiver, out value);
        int field = host.FindAlias(name);
        if (field < 0 || Shape.Prototype?.HasProperty(PropertyKey.FromIdentifier(name)) == true)
            return false;
        value = ReadField(host, field);
        if (!value.IsEmpty)
            return true;
        value = default;
        return false;
    }

    private bool TryGetAliasOfObject(string name, in JsValue receiver, out JsValue value)
    {
        value = default;
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || Shape.Prototype?.HasProperty(PropertyKey.FromIdentifier(name)) == true)
            return false;
        var alias = string.Concat([(char)(name[0] ^ 0x20)], name.AsSpan(1));
        return base.TryGetOwnValue(PropertyKey.FromIdentifier(alias), receiver, out value);
    }

    private void Keep(ulong bit, in JsValue value)
    {
        int place = BitOperations.PopCount(_kept & (bit - 1));
        int count = BitOperations.PopCount(_kept);
        if (_keptValues is null)
            _keptValues = new JsValue[InitialKept];
        else if (count == _keptValues.Length)
            Array.Resize(ref _keptValues, count * 2);
        if (place < count)
            Array.Copy(_keptValues, place, _keptValues, place + 1, count - place);
        _keptValues[place] = value;
        _kept |= bit;
    }
}
