using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Monitor;

/// <summary>Asks the kernel for the ids of other namespaces as seen from the one in which this was made (RTM_GETNSID). The kernel answers at once. One thread uses it.</summary>
internal sealed class NamespaceIds : IDisposable
{
    /// <summary>What a namespace without id has.</summary>
    public const int None = -1;

    /// <summary>RTM_NEWNSID (linux/rtnetlink.h).</summary>
    public const ushort New = 88;

    /// <summary>RTM_DELNSID.</summary>
    public const ushort Deleted = 89;

    private const ushort Get = 90;
    private const int GenericHeaderLength = 4;
    private const ushort AttributeId = 1;
    private const ushort AttributeDescriptor = 3;
    private const int PatienceSeconds = 1;
    private readonly NetlinkSocket? _socket = NetlinkSocket.TryOpen(NetlinkProtocol.Route, blocking: true);
    private readonly byte[] _answer = new byte[4096];

    /// <summary>Opens its socket in the namespace of the calling thread.</summary>
    public NamespaceIds() => _socket?.LimitWaiting(PatienceSeconds);

    /// <summary>The id of the namespace that an open file stands for; <see cref="None"/> where it has none.</summary>
    public int Find(int namespaceDescriptor) => Ask(AttributeDescriptor, (uint)namespaceDescriptor);

    /// <summary>Whether there is a namespace with this id.</summary>
    public bool Exists(int id) => Ask(AttributeId, (uint)id) == id;

    /// <summary>The id of the namespace in which a socket was opened (SIOCGSKNS); <see cref="None"/> where it has none, or without privilege.</summary>
    public int FindOf(NetlinkSocket socket)
    {
        var descriptor = Libc.Ioctl(socket.Descriptor, Libc.IoctlSocketNamespace, 0);
        if (descriptor < 0) return None;
        try
        {
            return Find(descriptor);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private int Ask(ushort attribute, uint value)
    {
        if (_socket is null) return None;
        Span<byte> request = stackalloc byte[NetlinkMessage.HeaderLength + GenericHeaderLength + 8];
        request.Clear();
        MemoryMarshal.Write(request, (uint)request.Length);
        MemoryMarshal.Write(request[4..], Get);
        MemoryMarshal.Write(request[6..], NetlinkFlags.Request);
        NetlinkRequest.Attribute(attribute, value).CopyTo(request[(NetlinkMessage.HeaderLength + GenericHeaderLength)..]);
        if (!_socket.TrySend(request)) return None;
        var length = _socket.Receive(_answer);
        return length > 0 ? Read(_answer.AsSpan(0, length)) : None;
    }

    private static int Read(ReadOnlySpan<byte> answer)
    {
        if (!NetlinkMessage.TryRead(ref answer, out var message) || message.Type != New || message.Body.Length < GenericHeaderLength) return None;
        var attributes = message.Body[GenericHeaderLength..];
        while (attributes.Length >= 8)
        {
            var length = MemoryMarshal.Read<ushort>(attributes);
            if (length < 4 || length > attributes.Length) return None;
            if (MemoryMarshal.Read<ushort>(attributes[2..]) == AttributeId && length == 8) return MemoryMarshal.Read<int>(attributes[4..]);
            attributes = attributes[Math.Min(attributes.Length, (length + 3) & ~3)..];
        }

        return None;
    }
}
