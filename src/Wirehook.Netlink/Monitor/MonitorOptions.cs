using Wirehook.Netlink.Families;
using Wirehook.Netlink.Recording;

namespace Wirehook.Netlink.Monitor;

/// <summary>What a network monitor listens to, and its limits.</summary>
public sealed record MonitorOptions
{
    private const string LinkFamilyName = "link";

    /// <summary>Names under <c>/run/netns</c> or paths of namespace files; empty for the namespace that Wirehook runs in. Not used with <see cref="AllNamespaces"/>.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Whether to follow every namespace that can be found: the own, the named, those of processes, and those known only by an id. They come and go while running.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Names of the families to listen to (<c>route</c>, <c>ct</c>); empty for all that need not be asked for
    /// (<see cref="NetlinkFamily.IsOnRequest"/>). Links are always followed, because the others name them.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Receive buffer asked for per socket, in bytes. The kernel doubles it for its own accounting, and without CAP_NET_ADMIN limits it to
    /// <c>net.core.rmem_max</c>; <see cref="SocketStatus.ReceiveBufferBytes"/> says what was granted.</summary>
    public int ReceiveBufferBytes { get; init; } = 16 << 20;

    /// <summary>Whether what exists at the start comes as events marked initial.</summary>
    public bool EmitInitial { get; init; }

    /// <summary>Namespaces followed at once; what is beyond is named in <see cref="MonitorStatus.Notes"/>.</summary>
    public int MaxNamespaces { get; init; } = 256;

    /// <summary>How often <c>/proc</c> is searched for namespaces of processes; <c>/run/netns</c> is watched without delay.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Keeps every datagram, so that a replay gives the same events; null for none. The caller disposes it after the monitor.</summary>
    public NetlinkRecorder? Recorder { get; init; }

    /// <summary>The families to listen to for conditions with these texts: empty, which means all that need not be asked for, or all with those that a text names.</summary>
    public static IReadOnlyList<string> FamiliesFor(IEnumerable<string> conditions)
    {
        var asked = NetlinkFamily.All.Where(f => f.IsOnRequest && conditions.Any(f.IsNamedIn)).ToList();
        return asked.Count == 0 ? [] : [.. NetlinkFamily.All.Where(f => !f.IsOnRequest || asked.Contains(f)).Select(f => f.Name)];
    }

    /// <summary>Whether a family is listened to.</summary>
    internal bool Includes(NetlinkFamily family) => Families.Count == 0 ? !family.IsOnRequest : family.Name == LinkFamilyName || Families.Contains(family.Name);
}
