using System.Globalization;
using System.Text;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Cli.Output;

/// <summary>What <c>wirehook monitor</c> says about itself on standard error.</summary>
internal static class MonitorText
{
    private const int MostNames = 8;

    /// <summary>At the start: what is listened to, with which buffer, and what is left out.</summary>
    public static string Start(MonitorStatus status)
    {
        var sockets = status.Namespaces.SelectMany(n => n.Sockets).ToArray();
        var text = new StringBuilder("Monitoring ").Append(Names(status));
        var groups = sockets.Length == 0 ? 0 : status.Namespaces.Max(n => n.Sockets.Sum(s => s.Groups.Count));
        text.Append(CultureInfo.InvariantCulture, $": {groups} {(groups == 1 ? "group" : "groups")}");
        var heard = sockets.Where(s => s.Groups.Count > 0).ToArray();
        if (heard.Length > 0) text.Append(", receive buffer ").Append(Size(heard.Min(s => s.ReceiveBufferBytes)));
        var missing = sockets.SelectMany(s => s.Missing).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0) text.Append(Environment.IsPrivilegedProcess ? "; not available here: " : "; without CAP_NET_ADMIN no ").AppendJoin(", ", missing);
        text.Append("; Ctrl+C ends.");
        foreach (var note in status.Notes) text.Append('\n').Append(note);
        return text.ToString();
    }

    /// <summary>At the end: what came, and what was lost.</summary>
    public static string End(MonitorStatus status, long printed, long dropped)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{status.Events} events, {printed} shown; {status.Overruns} overruns");
        if (status.Overruns > 0) text.Append(CultureInfo.InvariantCulture, $" (at least {status.LostAtLeast} messages lost, {status.Resyncs} resyncs)");
        text.Append(CultureInfo.InvariantCulture, $"; {dropped} dropped by slow output");
        if (status.FailedDumps > 0) text.Append(CultureInfo.InvariantCulture, $"; {status.FailedDumps} dumps failed");
        text.Append('.');
        if (status.FailedDumps > 0) text.Append('\n').AppendJoin('\n', status.Notes);
        return text.ToString();
    }

    private static string Names(MonitorStatus status)
    {
        var names = status.Namespaces.Select(n => n.Name).ToArray();
        if (names.Length == 1) return names[0];
        return string.Create(CultureInfo.InvariantCulture, $"{names.Length} namespaces ({string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")})");
    }

    private static string Size(int bytes) =>
        bytes >= 1 << 20 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MiB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB");
}
