using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;
using Wirehook.Hub.Views;
using Wirehook.Netlink.Events;
using Wirehook.Worker.Sessions.Hooks;

namespace Wirehook.Cli.Output;

/// <summary>What <c>wirehook hooks run</c> prints: one line per finished run with the first lines of its output, reloads, losses; as text or
/// as JSON lines.</summary>
internal sealed class HookLog : IHookSessionLog, IDisposable
{
    private const int MostOutputLines = 5;
    private const int MostConfigurationLines = 20;
    private const int LongestLine = 400;
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly LineWriter _writer;
    private readonly TimeProvider _time;
    private readonly bool _json;
    private readonly bool _colour;

    /// <summary>A log on standard output.</summary>
    /// <param name="json">JSON lines instead of text.</param>
    /// <param name="time">The clock of its lines.</param>
    public HookLog(bool json, TimeProvider time)
    {
        (_json, _time) = (json, time);
        _colour = !json && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        _writer = new LineWriter(Console.OpenStandardOutput(), LeftOut);
    }

    /// <inheritdoc/>
    public void OnRun(HookRun run)
    {
        var view = ExecutionView.Of(run);
        if (_json) _writer.Write(Line("run", w => WriteRun(w, view)));
        else _writer.Write(RunText(run, view));
    }

    /// <inheritdoc/>
    public void OnWarning(string warning)
    {
        if (_json) Say("warning", warning);
        else _writer.Write($"{Stamp()}Warning:{Below(warning, MostConfigurationLines, "")}");
    }

    /// <inheritdoc/>
    public void OnReload(HookReload reload)
    {
        if (_json) _writer.Write(Line("reload", w => WriteReload(w, reload)));
        else if (reload.Succeeded) _writer.Write($"{Stamp()}The configuration was read again: {ReloadText.Of(ReloadView.Of(reload))}");
        else _writer.Write(Stamp() + Red("The configuration is refused; the former one stays in force:") + Below(string.Join('\n', reload.Errors), MostConfigurationLines, "; wirehook hooks check shows them"));
    }

    /// <inheritdoc/>
    public void OnMonitorEvent(NetworkEvent networkEvent)
    {
        if (_json) _writer.Write(Line("monitor", w => WriteEvent(w, networkEvent)));
        else _writer.Write(EventText.Line(networkEvent, _colour));
    }

    /// <inheritdoc/>
    public void OnDropped(string? hook, long events)
    {
        if (_json) _writer.Write(Line("dropped", w => WriteDropped(w, hook, events)));
        else if (hook is null) _writer.Write(Stamp() + Red($"{events} events were dropped before any hook saw them: they come too fast."));
        else _writer.Write(Stamp() + Red($"{hook}: {events} events were dropped (wirehook hooks stats {hook} says why)."));
    }

    /// <summary>Something about the session itself.</summary>
    public void Say(string kind, string message)
    {
        if (_json) _writer.Write(Line(kind, w => w.WriteString("message"u8, message)));
        else _writer.Write(Stamp() + message);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static void WriteRun(Utf8JsonWriter writer, ExecutionView view)
    {
        writer.WritePropertyName("run"u8);
        JsonSerializer.Serialize(writer, view, HubJson.Default.ExecutionView);
    }

    private static void WriteEvent(Utf8JsonWriter writer, NetworkEvent networkEvent)
    {
        writer.WritePropertyName("event"u8);
        EventJson.Write(networkEvent, writer);
    }

    private static void WriteReload(Utf8JsonWriter writer, HookReload reload)
    {
        writer.WriteStartArray("errors"u8);
        foreach (var error in reload.Errors) writer.WriteStringValue(error);
        writer.WriteEndArray();
        if (!reload.Succeeded) return;
        writer.WritePropertyName("reload"u8);
        JsonSerializer.Serialize(writer, ReloadView.Of(reload), HubJson.Default.ReloadView);
    }

    private static void WriteDropped(Utf8JsonWriter writer, string? hook, long events)
    {
        if (hook is not null) writer.WriteString("hook"u8, hook);
        writer.WriteNumber("events"u8, events);
    }

    private string RunText(HookRun run, ExecutionView view)
    {
        var outcome = ExecutionText.Outcome(view);
        var of = run.Event.Interface.Length == 0 ? run.Event.Event : $"{run.Event.Event} {run.Event.Interface}";
        var place = run.Event.Namespace == "default" ? "" : $" in {run.Event.Namespace}";
        var text = Stamp() + TerminalText.Safe($"{run.HookName}: {of}{place}: ")
            + (run.Result.Outcome == ProcessOutcome.Success ? outcome : Red(outcome)) + ExecutionText.After(view);
        if (view.Killed > 0) text += string.Create(CultureInfo.InvariantCulture, $", {view.Killed} {(view.Killed == 1 ? "process left behind was" : "processes left behind were")} killed");
        return text + Below(view.Error) + Below(view.Output);
    }

    private string LeftOut(long lines) => _json
        ? Line("left_out", w => w.WriteNumber("lines"u8, lines))
        : Stamp() + Red($"{lines} lines were left out here: this output is not read fast enough.");

    private string Stamp() => string.Create(CultureInfo.InvariantCulture, $"{_time.GetLocalNow():HH:mm:ss.fff} ");

    private string Red(string text) => _colour ? $"\u001b[31m{text}\u001b[0m" : text;

    private static string Below(string text, int most = MostOutputLines, string where = "; wirehook hooks history shows them")
    {
        if (text.Length == 0) return "";
        var lines = TerminalText.Lines(text).ToArray();
        var shown = lines.Take(most).Select(l => "\n    " + (l.Length > LongestLine ? l[..LongestLine] + " …" : l));
        var rest = lines.Length > most ? $"\n    … {lines.Length - most} more lines{where}" : "";
        return string.Concat(shown) + rest;
    }

    private string Line(string kind, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("time"u8, _time.GetUtcNow().ToUnixTimeMilliseconds());
            writer.WriteString("kind"u8, kind);
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
