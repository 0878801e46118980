using Wirehook.Packets;

namespace Wirehook.Netlink.Monitor;

/// <summary>Takes every datagram that a network monitor sends and receives, such as a recorder. Called on the reader's thread; must not wait for
/// anything slower than a file.</summary>
public interface INetlinkTap
{
    /// <summary>Takes one datagram, just before the state cache does.</summary>
    /// <param name="namespaceName">The namespace as events name it.</param>
    /// <param name="namespaceId">Its id as seen from Wirehook's own; -1 where it has none.</param>
    /// <param name="protocol">The netlink protocol.</param>
    /// <param name="outgoing">Whether Wirehook sent it: the requests that open dumps.</param>
    /// <param name="datagram">One or more netlink messages; only valid during the call.</param>
    /// <param name="at">When it was received or sent.</param>
    void OnDatagram(string namespaceName, int namespaceId, int protocol, bool outgoing, ReadOnlySpan<byte> datagram, Timestamp at);

    /// <summary>Takes the fact that the kernel dropped messages at this place.</summary>
    /// <param name="namespaceName">The namespace as events name it.</param>
    /// <param name="namespaceId">Its id; -1 where it has none.</param>
    /// <param name="protocol">The netlink protocol of the socket that overflowed.</param>
    /// <param name="lostAtLeast">Messages lost, as far as the kernel says.</param>
    /// <param name="at">When it was noticed.</param>
    void OnOverrun(string namespaceName, int namespaceId, int protocol, long lostAtLeast, Timestamp at);
}
