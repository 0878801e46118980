using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Monitor;

/// <summary>How a call of <see cref="DatagramBuffer.Receive"/> ended.</summary>
internal enum ReceiveResult
{
    /// <summary>There are datagrams.</summary>
    Received,

    /// <summary>Nothing is waiting.</summary>
    Drained,

    /// <summary>The kernel dropped messages because the socket's buffer was full (ENOBUFS). What still waits there is older than the loss.</summary>
    Overrun,

    /// <summary>The socket does not work any more.</summary>
    Failed,
}

/// <summary>Room for many datagrams, so that one system call fetches them all (recvmmsg). One thread uses it for all of its sockets.</summary>
internal sealed unsafe class DatagramBuffer : IDisposable
{
    /// <summary>Datagrams per call.</summary>
    public const int Capacity = 64;

    /// <summary>Room for each: the kernel packs up to 32 KiB into one, and attributes are limited to 64 KiB.</summary>
    public const int SlotBytes = 128 * 1024;

    /// <summary>What <see cref="NamespaceIdOf"/> gives for datagrams of the socket's own namespace.</summary>
    public const int OwnNamespace = -1;

    private const int ControlBytes = 64;
    private const int ControlHeaderBytes = 16;
    private readonly byte* _memory;
    private readonly Libc.MessageHeader* _messages;
    private readonly Libc.Buffer* _buffers;
    private readonly Libc.NetlinkAddress* _senders;
    private readonly byte* _controls;

    /// <summary>Reserves address space; pages that no datagram reaches are never touched.</summary>
    public DatagramBuffer()
    {
        _memory = (byte*)NativeMemory.Alloc(Capacity, SlotBytes);
        _messages = (Libc.MessageHeader*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(Libc.MessageHeader));
        _buffers = (Libc.Buffer*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(Libc.Buffer));
        _senders = (Libc.NetlinkAddress*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(Libc.NetlinkAddress));
        _controls = (byte*)NativeMemory.AllocZeroed(Capacity, ControlBytes);
        for (var slot = 0; slot < Capacity; slot++)
        {
            _buffers[slot] = new() { Start = _memory + ((nint)slot * SlotBytes), Length = SlotBytes };
            _messages[slot] = new() { Name = _senders + slot, Buffers = _buffers + slot, BufferCount = 1, Control = _controls + (slot * ControlBytes) };
        }
    }

    /// <summary>Datagrams that the last call received.</summary>
    public int Count { get; private set; }

    /// <summary>Fetches what waits at a socket, without waiting.</summary>
    public ReceiveResult Receive(NetlinkSocket socket)
    {
        Count = 0;
        for (var slot = 0; slot < Capacity; slot++)
        {
            _messages[slot].NameLength = (uint)sizeof(Libc.NetlinkAddress);
            _messages[slot].ControlLength = ControlBytes;
        }

        while (true)
        {
            var received = Libc.ReceiveMany(socket.Descriptor, _messages, Capacity, Libc.DoNotWait, null);
            if (received > 0)
            {
                Count = received;
                return ReceiveResult.Received;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.Interrupted: continue;
                case Libc.TryAgain: return ReceiveResult.Drained;
                case Libc.NoBufferSpace: return ReceiveResult.Overrun;
                default: return ReceiveResult.Failed;
            }
        }
    }

    /// <summary>The bytes of a datagram; cut off where <see cref="IsTruncated"/>.</summary>
    public ReadOnlySpan<byte> this[int slot] => new(_buffers[slot].Start, (int)Math.Min(_messages[slot].Length, SlotBytes));

    /// <summary>Whether a datagram comes from the kernel: any process may send to a netlink port.</summary>
    public bool IsFromKernel(int slot) => _messages[slot].NameLength >= sizeof(Libc.NetlinkAddress) && _senders[slot].Port == 0;

    /// <summary>Whether a datagram was longer than the room for it.</summary>
    public bool IsTruncated(int slot) => (_messages[slot].Flags & Libc.Truncated) != 0;

    /// <summary>The id of the namespace that a datagram comes from (the control message of NETLINK_LISTEN_ALL_NSID), or <see cref="OwnNamespace"/>.</summary>
    public int NamespaceIdOf(int slot)
    {
        var control = new ReadOnlySpan<byte>(_controls + (slot * ControlBytes), (int)Math.Min(_messages[slot].ControlLength, ControlBytes));
        while (control.Length >= ControlHeaderBytes + sizeof(int))
        {
            var length = MemoryMarshal.Read<long>(control);
            if (length < ControlHeaderBytes || length > control.Length) break;
            var isId = MemoryMarshal.Read<int>(control[8..]) == Libc.LevelNetlink && MemoryMarshal.Read<int>(control[12..]) == Libc.ListenAllNamespaceIds;
            if (isId) return MemoryMarshal.Read<int>(control[ControlHeaderBytes..]);
            control = control[Math.Min(control.Length, (int)((length + 7) & ~7L))..];
        }

        return OwnNamespace;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        NativeMemory.Free(_messages);
        NativeMemory.Free(_buffers);
        NativeMemory.Free(_senders);
        NativeMemory.Free(_controls);
    }
}
