using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Monitor;

/// <summary>Takes the events of a network monitor.</summary>
public interface INetworkEventSink
{
    /// <summary>Takes the events of everything that was waiting, in order. Called on the reader's thread: it must not wait, because the kernel drops what the
    /// reader does not fetch. Exceptions are counted and swallowed.</summary>
    /// <param name="batch">The events; they may be kept, the list itself is used again as soon as the call returns.</param>
    void OnEvents(IReadOnlyList<NetworkEvent> batch);
}
