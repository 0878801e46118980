namespace Wirehook.Netlink.Monitor;

/// <summary>What a monitor does at one moment.</summary>
public sealed record MonitorStatus
{
    /// <summary>The namespaces that are followed, in the order in which they were found.</summary>
    public required IReadOnlyList<NamespaceStatus> Namespaces { get; init; }

    /// <summary>Events given to the sink.</summary>
    public long Events { get; init; }

    /// <summary>Datagrams received from the kernel.</summary>
    public long Datagrams { get; init; }

    /// <summary>Times that a receive buffer overflowed, over all namespaces.</summary>
    public long Overruns { get; init; }

    /// <summary>Messages lost to full buffers, as far as the kernel says.</summary>
    public long LostAtLeast { get; init; }

    /// <summary>Resyncs completed.</summary>
    public long Resyncs { get; init; }

    /// <summary>Dumps given up after repeated tries; the state that they would have shown may be out of date.</summary>
    public long FailedDumps { get; init; }

    /// <summary>Datagrams refused because they did not come from the kernel.</summary>
    public long Foreign { get; init; }

    /// <summary>Calls of the sink that threw.</summary>
    public long SinkFailures { get; init; }

    /// <summary>What is left out or went wrong, and why; sentences for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One namespace that is followed.</summary>
/// <param name="Name">As events name it.</param>
/// <param name="Id">Its id as seen from Wirehook's own; -1 where it has none.</param>
/// <param name="Sockets">Its sockets; none where it is heard only through Wirehook's own namespace.</param>
public sealed record NamespaceStatus(string Name, int Id, IReadOnlyList<SocketStatus> Sockets)
{
    /// <summary>Whether the first dumps have ended, so that its state is known.</summary>
    public bool Ready { get; init; }

    /// <summary>Times that a receive buffer of this namespace overflowed.</summary>
    public long Overruns { get; init; }
}

/// <summary>One socket of a namespace.</summary>
/// <param name="Protocol">The netlink protocol.</param>
/// <param name="Groups">The multicast groups that it listens to.</param>
/// <param name="ReceiveBufferBytes">The buffer that the kernel granted.</param>
/// <param name="Missing">Names of families whose groups could not be joined for lack of privilege or kernel support.</param>
public sealed record SocketStatus(int Protocol, IReadOnlyList<int> Groups, int ReceiveBufferBytes, IReadOnlyList<string> Missing);
