using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Monitor;

/// <summary>What people are told when monitoring cannot begin.</summary>
internal static class MonitorErrors
{
    private const int NotPermitted = 1;
    private const int NotFound = 2;
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;

    /// <summary>The last system call failed.</summary>
    public static MonitorException System(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new MonitorException($"{what}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).");
    }

    /// <summary>The namespace file could not be opened.</summary>
    public static MonitorException NoNamespace(string name, string path) => Marshal.GetLastPInvokeError() switch
    {
        NotFound => new MonitorException($"{name}: there is no such namespace ({path} does not exist). {Known()}"),
        NotPermitted or AccessDenied => new MonitorException($"{name}: {path} may not be opened. Run as root."),
        _ => System($"{name}: {path} cannot be opened"),
    };

    /// <summary>The namespace could not be entered.</summary>
    public static MonitorException NotEntered(string name) => Marshal.GetLastPInvokeError() switch
    {
        NotPermitted => new MonitorException($"{name}: entering another namespace is not permitted. Run as root (it needs CAP_SYS_ADMIN)."),
        InvalidArgument => NotANamespace(name),
        _ => System($"{name}: the namespace cannot be entered"),
    };

    /// <summary>The file is something else.</summary>
    public static MonitorException NotANamespace(string name) => new($"{name}: this file is not a network namespace.");

    private static string Known()
    {
        var names = NamespaceFolder.Names();
        return names.Count == 0 ? "There are no named namespaces." : $"There are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? " …" : "")}.";
    }
}
