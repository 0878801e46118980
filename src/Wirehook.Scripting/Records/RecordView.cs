using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Records;

/// <summary>A dissected record as scripts see it.</summary>
internal sealed class RecordView : HostRecord
{
    private readonly RecordViews _views;
    private RecordView? _firstChild;
    private RecordView? _nextSibling;
    private bool _handedOutOrdinaryObjects;

    internal RecordView(RecordViews views, JsEngine engine, HostShape shape, Record record)
        : base(engine, shape)
    {
        (_views, Record) = (views, record);
    }

    /// <summary>The record.</summary>
    internal Record Record { get; }

    /// <inheritdoc/>
    public override bool TryWriteJson(StringBuilder output)
    {
        if (!IsAsDissected()) return false;
        ItemJson.Write(Record, output);
        return true;
    }

    /// <summary>Reads a field for the script.</summary>
    internal JsValue Read(Func<Record, FieldValue> get) => _views.Convert(get(Record), this);

    /// <summary>Notes a view of a record within this one.</summary>
    internal JsValue Adopt(RecordView child)
    {
        (child._nextSibling, _firstChild) = (_firstChild, child);
        return JsValue.From(child);
    }

    /// <summary>Notes that the script has an array or map of this record, which it can change without a trace.</summary>
    internal void NoteHandedOut() => _handedOutOrdinaryObjects = true;

    /// <summary>Whether nothing in or under the record can differ from what was dissected.</summary>
    private bool IsAsDissected()
    {
        if (!IsUntouched || _handedOutOrdinaryObjects) return false;
        for (var child = _firstChild; child is not null; child = child._nextSibling)
            if (!child.IsAsDissected()) return false;
        return true;
    }
}
