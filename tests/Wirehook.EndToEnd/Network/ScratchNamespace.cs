namespace Wirehook.EndToEnd.Network;

/// <summary>A network namespace with a veth pair <c>va</c> and <c>vb</c>, removed at the end.</summary>
internal sealed class ScratchNamespace : IDisposable
{
    private static int _number;

    public ScratchNamespace()
    {
        Name = $"wh-e2e-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}";
        Run("ip", "netns", "add", Name);
        Ip("link add va type veth peer name vb");
    }

    public string Name { get; }

    /// <summary>Runs <c>ip</c> inside; arguments are separated by spaces.</summary>
    public string Ip(string arguments) => Run("ip", ["-n", Name, .. arguments.Split(' ')]);

    public void Dispose() => Program.Run("ip", ["netns", "del", Name]);

    private static string Run(string command, params string[] arguments)
    {
        var result = Program.Run(command, arguments);
        Assert.True(result.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {result.Errors}");
        return result.Output;
    }
}
