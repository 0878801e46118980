using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wirehook.Scripting;

namespace Wirehook.Worker.Summary;

/// <summary>Writes a run's summary as the JSON that <c>--summary</c> gives and that other programs build on.</summary>
public static class SummaryJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The summary as indented JSON, UTF-8, with a line end.</summary>
    public static byte[] Format(RunSummary summary)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Readable)) Write(writer, summary);
        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, RunSummary summary)
    {
        writer.WriteStartObject();
        writer.WriteNumber("packets", summary.Packets);
        writer.WriteNumber("bytes", summary.Bytes);
        writer.WriteNumber("streams", summary.Streams);
        writer.WriteNumber("networkEvents", summary.NetworkEvents);
        WriteItems(writer, summary);
        WriteLosses(writer, summary);
        writer.WriteStartObject("scripts");
        foreach (var script in summary.Scripts) WriteScript(writer, script);
        writer.WriteEndObject();
        writer.WriteNumber("elapsedMs", summary.ElapsedMilliseconds);
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, RunSummary summary)
    {
        writer.WriteStartObject("items");
        foreach (var (protocol, count) in summary.Items.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(protocol);
            writer.WriteNumber("count", count.Count);
            writer.WriteNumber("requests", count.Requests);
            writer.WriteNumber("responses", count.Responses);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteLosses(Utf8JsonWriter writer, RunSummary summary)
    {
        writer.WriteStartObject("loss");
        foreach (var stage in summary.Losses.GroupBy(l => l.Stage))
        {
            writer.WriteStartObject(stage.Key);
            foreach (var loss in stage) writer.WriteNumber(loss.Reason, loss.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteScript(Utf8JsonWriter writer, ScriptReport script)
    {
        writer.WriteStartObject(script.Name);
        writer.WriteString("state", script.State switch { ScriptState.Active => "active", ScriptState.Paused => "paused", _ => "probation" });
        if (script.Reason is not null) writer.WriteString("reason", script.Reason);
        writer.WriteNumber("stops", script.Stops);
        if (script.LastStop is not null) writer.WriteString("lastStop", script.LastStop);
        if (script.MemoryBytes >= 0) writer.WriteNumber("memoryBytes", script.MemoryBytes);
        writer.WriteStartObject("hooks");
        foreach (var hook in script.Hooks)
        {
            writer.WriteStartObject(hook.Hook);
            writer.WriteNumber("calls", hook.Calls);
            writer.WriteNumber("errors", hook.Errors);
            writer.WriteNumber("missed", hook.Missed);
            writer.WriteNumber("cpuMs", Math.Round(hook.CpuMilliseconds, 3));
            writer.WriteNumber("p50Us", Math.Round(hook.MedianMicroseconds, 3));
            writer.WriteNumber("p99Us", Math.Round(hook.P99Microseconds, 3));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
