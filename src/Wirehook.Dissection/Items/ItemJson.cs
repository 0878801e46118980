using System.Buffers;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>The canonical JSON of a record: what ES5's <c>JSON.stringify</c> gives for it (ECMA-262 5.1 §15.12.3), without white space.</summary>
public static class ItemJson
{
    /// <summary>Appends <paramref name="record"/>'s JSON to <paramref name="output"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Record record, StringBuilder output) => JsonText.WriteRecord(output, record);

    /// <summary>Appends <paramref name="record"/>'s JSON in UTF-8 to <paramref name="output"/>; a lone surrogate becomes a <c>\u</c> escape.</summary>
    /// <param name="record">The record.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Record record, IBufferWriter<byte> output)
    {
        var json = new JsonBytes(output);
        json.WriteRecord(record);
        json.Flush();
    }
}
