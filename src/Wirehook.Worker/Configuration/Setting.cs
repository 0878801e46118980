using Wirehook.EventHooks.Configuration;

namespace Wirehook.Worker.Configuration;

/// <summary>What a setting's value must look like.</summary>
public enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number, not negative.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>Texts by name.</summary>
    TextMap,

    /// <summary>A number of bytes: a whole number, or one followed by KB, MB or GB (1024 each).</summary>
    Size,

    /// <summary>A section with a form of its own, only in the file.</summary>
    Structure,
}

/// <summary>The declaration of one configuration key: parsing, defaults, errors and the reference all come from here.</summary>
/// <param name="Key">The dotted path, such as <c>scripting.env</c>.</param>
/// <param name="Kind">What its value must be.</param>
/// <param name="Default">The default as it would be written, empty for none.</param>
/// <param name="Description">A sentence for the reference, with the unit.</param>
public sealed record Setting(string Key, SettingKind Kind, string Default, string Description)
{
    /// <summary>Every key that Wirehook knows, in the order of the reference.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("scripting.enabled", SettingKind.Flag, "true", "Whether scripts run at all."),
        new("scripting.env", SettingKind.TextMap, "", "Variables that scripts read as env.NAME."),
        new("scripting.source", SettingKind.Text, "", "A folder whose *.js files are loaded as scripts."),
        new("scripting.sources", SettingKind.TextList, "", "More such folders."),
        new("scripting.watchScripts", SettingKind.Flag, "false", "Whether changed script files are reloaded while running (like --watch)."),
        new("scripting.budget.callMs", SettingKind.Number, "250", "CPU time that one call of a hook or job may take, in milliseconds."),
        new("scripting.budget.memoryMb", SettingKind.Number, "64", "Memory that one script may hold, in MiB."),
        new("worker.name", SettingKind.Text, "", "Name of this machine in items (node.name); the host name when capturing live, empty on replay."),
        new("worker.ip", SettingKind.Text, "", "Address of this machine in items (node.ip and worker); 127.0.0.1 when empty."),
        new("worker.port", SettingKind.Number, "8897", "Port part of the worker field of items."),
        new("dissection.bodyLimit", SettingKind.Number, "1048576", "Bytes of a message body that an item keeps; more is cut and marked truncated."),
        new("dissection.memoryMb", SettingKind.Number, "64", "Memory for incomplete messages and messages that wait for their partner, over all flows, in MiB."),
        new("dissection.requestTimeoutSeconds", SettingKind.Number, "60", "How long a request waits for its response to begin before it is an item with an error, in seconds; 0 for no limit."),
        new("dissection.protobuf", SettingKind.TextList, "", "Files with the types of gRPC messages: .proto files, or descriptor sets as protoc --descriptor_set_out writes them."),
        new(DissectorSelection.Key, SettingKind.TextList, "", "Protocols whose items are made; all except tcp, udp, tcp-conn, udp-conn, tcp-flow and udp-flow when empty; default stands for those."),
        new("flows.recordSeconds", SettingKind.Number, "10", "Time between two records of a connection or flow that goes on (tcp-conn, udp-conn, tcp-flow, udp-flow), in seconds; 0 for none in between."),
        new("tls.keylog", SettingKind.TextList, "", "Key log files (SSLKEYLOGFILE) whose secrets decrypt TLS (like --keylog); followed while capturing."),
        new("tls.keyWaitSeconds", SettingKind.Number, "10", "How long encrypted data waits for its secrets while a key log is followed, in seconds."),
        new("flows.limit", SettingKind.Number, "200000", "Flows followed at once; the longest idle one makes room for a new one."),
        new("flows.memoryMb", SettingKind.Number, "48", "Memory for data that waits for missing segments, over all flows, in MiB."),
        new("capture.ringMb", SettingKind.Number, "64", "Size of the kernel's packet ring per interface, in MiB."),
        new("capture.promiscuous", SettingKind.Flag, "true", "Whether live interfaces also deliver frames addressed to others."),
        new("nlmon.monitoring.namespaces.enabled", SettingKind.Flag, "false", "Whether network events come from all network namespaces, not only from Wirehook's own."),
        new("nlmon.netlink.buffer_size.receive", SettingKind.Size, "16MB", "Receive buffer of each netlink socket, in bytes or with KB, MB, GB."),
        new(HookConfiguration.HooksKey, SettingKind.Structure, "", "Event hooks: programs that run when network events match."),
        new(HookConfiguration.LimitsKey, SettingKind.Structure, "", "Limits over all event hooks: max_concurrent runs, queue per hook, overflow (drop_oldest, drop_newest, coalesce or block), history of runs."),
    ];

    /// <summary>The declaration of <paramref name="key"/>, or null.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(s => s.Key == key);

    /// <summary>Whether some declared key lies below <paramref name="section"/>.</summary>
    public static bool IsSection(string section) => All.Any(s => s.Key.StartsWith(section + ".", StringComparison.Ordinal));

    /// <summary>The declared keys and sections below <paramref name="section"/> (empty for the top), by their last word.</summary>
    public static IEnumerable<string> Below(string section)
    {
        var prefix = section.Length == 0 ? "" : section + ".";
        return All.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Key[prefix.Length..].Split('.')[0]).Distinct();
    }
}
