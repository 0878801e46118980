using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Records;

/// <summary>A dissected record as scripts see it.</summary>
internal sealed class RecordView : HostRecord
{
    private bool _handedOutOrdinaryObjects;

    internal RecordView(JsEngine engine, HostShape shape, Record record)
        : base(engine, shape)
    {
        Record = record;
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

    /// <summary>Notes that the script has an array or map of this record, which it can change without a trace.</summary>
    internal void NoteHandedOut() => _handedOutOrdinaryObjects = true;

    /// <summary>Whether nothing in or under the record can differ from what was dissected.</summary>
    private bool IsAsDissected()
    {
        if (!IsUntouched || _handedOutOrdinaryObjects) return false;
        foreach (ref readonly var value in KeptValues)
            if (value.AsObject is RecordView view && !view.IsAsDissected()) return false;
        return true;
    }
}
