using Wirehook.Dissection.Records;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Records;

/// <summary>Shows dissected records to scripts as objects whose fields are made when they are read.</summary>
/// <param name="engine">The engine of the scripts.</param>
internal sealed class RecordViews(JsEngine engine)
{
    private readonly Dictionary<RecordType, HostShape> _shapes = new(ReferenceEqualityComparer.Instance);

    /// <summary>A new view of <paramref name="record"/>.</summary>
    internal RecordView Show(Record record) => new(this, engine, ShapeOf(record.Type), record);

    /// <summary>The script value of a field's value; records in it become views.</summary>
    internal JsValue Convert(in FieldValue value, RecordView owner)
    {
        switch (value.Kind)
        {
            case FieldKind.String: return JsValue.From(value.AsString);
            case FieldKind.Number: return JsValue.From(value.AsNumber);
            case FieldKind.Boolean: return JsValue.From(value.AsBoolean);
            case FieldKind.Null: return JsValue.Null;
            case FieldKind.Record: return owner.Adopt(Show(value.AsRecord));
            case FieldKind.List: return ConvertList(value.AsList, owner);
            case FieldKind.Map: return ConvertMap(value.AsMap, owner);
            default: return JsValue.Empty;
        }
    }

    private JsValue ConvertList(IReadOnlyList<FieldValue> list, RecordView owner)
    {
        owner.NoteHandedOut();
        var items = new JsValue[list.Count];
        for (var i = 0; i < items.Length; i++) items[i] = Convert(list[i], owner);
        return JsValue.From(engine.NewArray(items));
    }

    private JsValue ConvertMap(FieldMap map, RecordView owner)
    {
        owner.NoteHandedOut();
        var result = engine.NewDictionary(map.Names.Length);
        for (var i = 0; i < map.Names.Length; i++) result.DefineData(new PropertyKey(map.Names[i]), Convert(map.Values[i], owner));
        return JsValue.From(result);
    }

    private HostShape ShapeOf(RecordType type)
    {
        if (!_shapes.TryGetValue(type, out var shape)) _shapes[type] = shape = Declare(type);
        return shape;
    }

    private static HostShape Declare(RecordType type)
    {
        var properties = new HostProperty[type.Fields.Count];
        for (var i = 0; i < properties.Length; i++)
        {
            var get = type.Fields[i].Get;
            properties[i] = new HostProperty(type.Fields[i].Name, record => ((RecordView)record).Read(get));
        }

        return new HostShape(type.Name, properties);
    }
}
