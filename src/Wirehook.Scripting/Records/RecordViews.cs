using Wirehook.Dissection.Records;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Records;

/// <summary>Shows dissected records to scripts as objects whose fields are made when they are read.</summary>
/// <param name="engine">The engine of the scripts.</param>
internal sealed class RecordViews(JsEngine engine)
{
    private readonly Dictionary<RecordType, HostShape> _shapes = new(ReferenceEqualityComparer.Instance);
    private RecentShape _recent;

    /// <summary>A new view of <paramref name="record"/>.</summary>
    internal RecordView Show(Record record) => Show(record, ref _recent);

    /// <summary>A new view of <paramref name="record"/>, at a place that remembers the shape that it needed last.</summary>
    internal RecordView Show(Record record, ref RecentShape recent)
    {
        var type = record.Type;
        if (!ReferenceEquals(type, recent.Type)) recent = new RecentShape(type, ShapeOf(type));
        return new RecordView(engine, recent.Shape!, record);
    }

    /// <summary>The script value of a field's value; records in it become views.</summary>
    internal JsValue Convert(in FieldValue value, RecordView owner, ref RecentShape recent)
    {
        switch (value.Kind)
        {
            case FieldKind.String: return JsValue.From(value.AsString);
            case FieldKind.Number: return JsValue.From(value.AsNumber);
            case FieldKind.Boolean: return JsValue.From(value.AsBoolean);
            case FieldKind.Null: return JsValue.Null;
            case FieldKind.Record: return JsValue.From(Show(value.AsRecord, ref recent));
            case FieldKind.List: return ConvertList(value.AsList, owner, ref recent);
            case FieldKind.Map: return ConvertMap(value.AsMap, owner, ref recent);
            default: return JsValue.Empty;
        }
    }

    private JsValue ConvertList(IReadOnlyList<FieldValue> list, RecordView owner, ref RecentShape recent)
    {
        owner.NoteHandedOut();
        var items = new JsValue[list.Count];
        for (var i = 0; i < items.Length; i++) items[i] = Convert(list[i], owner, ref recent);
        return JsValue.From(engine.NewArray(items));
    }

    private JsValue ConvertMap(FieldMap map, RecordView owner, ref RecentShape recent)
    {
        owner.NoteHandedOut();
        var result = engine.NewDictionary(map.Names.Length);
        for (var i = 0; i < map.Names.Length; i++) result.DefineData(new PropertyKey(map.Names[i]), Convert(map.Values[i], owner, ref recent));
        return JsValue.From(result);
    }

    private HostShape ShapeOf(RecordType type)
    {
        if (!_shapes.TryGetValue(type, out var shape)) _shapes[type] = shape = Declare(type);
        return shape;
    }

    private HostShape Declare(RecordType type)
    {
        var properties = new HostProperty[type.Fields.Count];
        for (var i = 0; i < properties.Length; i++)
            properties[i] = new HostProperty(type.Fields[i].Name, new FieldReader(this, type.Fields[i].Get).Read);
        return new HostShape(type.Name, properties);
    }

    /// <summary>The shape that a record of some type needed last at one place.</summary>
    /// <param name="Type">The type.</param>
    /// <param name="Shape">Its shape.</param>
    internal readonly record struct RecentShape(RecordType? Type, HostShape? Shape);

    /// <summary>Reads one field of records of one type.</summary>
    private sealed class FieldReader(RecordViews views, Func<Record, FieldValue> get)
    {
        private RecentShape _recent;

        internal JsValue Read(HostRecord record)
        {
            var view = (RecordView)record;
            var value = get(view.Record);
            return value.Kind == FieldKind.String ? JsValue.From(value.AsString) : views.Convert(value, view, ref _recent);
        }
    }
}
