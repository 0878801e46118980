namespace Wirehook.Netlink.Monitor;

/// <summary>Does something inside another network namespace. A thread of its own enters (setns(2)) and ends there, because a thread that other work shares
/// would take that work along, and threads that it starts would inherit the namespace.</summary>
internal static class NamespaceEntrance
{
    /// <summary>Runs <paramref name="action"/> inside; its result, or null where the namespace may not be entered, then with the reason.</summary>
    public static T? Run<T>(NamespaceFile file, string name, Func<T?> action, out MonitorException? refusal)
        where T : class
    {
        T? result = null;
        MonitorException? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Libc.EnterNamespace(file.Descriptor, Libc.NetworkNamespace) == 0) result = action();
                else problem = MonitorErrors.NotEntered(name);
            }
            catch (MonitorException failure)
            {
                problem = failure;
            }
        })
        {
            IsBackground = true,
            Name = "namespace entrance",
        };
        thread.Start();
        thread.Join();
        refusal = problem;
        return result;
    }
}
