using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Sockets and the buffer that receives from them.</summary>
public sealed unsafe partial class NetlinkSocketTests
{
    [Fact]
    public void Requested_buffer_is_granted_as_far_as_the_machine_allows()
    {
        using var socket = NetlinkSocket.TryOpen(NetlinkProtocol.Route)!;
        socket.EnlargeBuffer(64 << 10);
        Assert.Equal(128 << 10, socket.ReceiveBufferBytes);
        Assert.Null(NetlinkSocket.TryOpen(9999));
        Assert.False(socket.TryJoin(5000));
    }

    [Fact]
    public void Answers_come_from_the_kernel_and_belong_to_this_namespace()
    {
        using var socket = NetlinkSocket.TryOpen(NetlinkProtocol.Route)!;
        using var buffer = new DatagramBuffer();
        Assert.Equal(ReceiveResult.Drained, buffer.Receive(socket));
        Assert.True(socket.TrySend(NetlinkRequest.Dump(18, new byte[16])));
        Assert.Equal(ReceiveResult.Received, buffer.Receive(socket));
        Assert.True(buffer.Count >= 1);
        Assert.True(buffer.IsFromKernel(0));
        Assert.False(buffer.IsTruncated(0));
        Assert.Equal(DatagramBuffer.OwnNamespace, buffer.NamespaceIdOf(0));
        ReadOnlySpan<byte> rest = buffer[0];
        Assert.True(NetlinkMessage.TryRead(ref rest, out var message));
        Assert.Equal(16, message.Type);
    }

    [RootFact]
    public void Datagram_of_a_process_is_told_from_the_kernels_and_a_long_one_is_cut()
    {
        using var receiver = NetlinkSocket.TryOpen(NetlinkProtocol.Route)!;
        using var sender = NetlinkSocket.TryOpen(NetlinkProtocol.Route)!;
        receiver.EnlargeBuffer(4 << 20);
        var to = new Libc.NetlinkAddress();
        var length = sizeof(Libc.NetlinkAddress);
        Assert.Equal(0, GetSocketName(receiver.Descriptor, &to, &length));
        var bytes = new byte[DatagramBuffer.SlotBytes + 100];
        fixed (byte* start = bytes)
        {
            Assert.Equal(32, SendTo(sender.Descriptor, start, 32, 0, &to, length));
            Assert.Equal(bytes.Length, SendTo(sender.Descriptor, start, bytes.Length, 0, &to, length));
        }

        using var buffer = new DatagramBuffer();
        Assert.Equal(ReceiveResult.Received, buffer.Receive(receiver));
        Assert.Equal(2, buffer.Count);
        Assert.False(buffer.IsFromKernel(0));
        Assert.Equal(32, buffer[0].Length);
        Assert.False(buffer.IsTruncated(0));
        Assert.True(buffer.IsTruncated(1));
        Assert.Equal(DatagramBuffer.SlotBytes, buffer[1].Length);
    }

    [RootFact("ip")]
    public void Overflow_is_noticed_and_its_losses_are_counted()
    {
        using var ns = new TestNamespace();
        using var socket = ns.Inside(() => NetlinkSocket.TryOpen(NetlinkProtocol.Route)!);
        socket.EnlargeBuffer(4096);
        Assert.True(socket.TryJoin(1));
        using var buffer = new DatagramBuffer();
        for (var i = 0; i < 20; i++) ns.Ip($"link set lo mtu {2000 + i}");
        var (received, overruns) = (0, 0);
        for (var result = buffer.Receive(socket); result != ReceiveResult.Drained; result = buffer.Receive(socket))
        {
            received += buffer.Count;
            overruns += result == ReceiveResult.Overrun ? 1 : 0;
        }

        Assert.Equal(1, overruns);
        Assert.InRange(received, 1, 19);
        Assert.Equal(20 - received, socket.TakeDrops());
        Assert.Equal(0, socket.TakeDrops());
    }

    [LibraryImport("libc", EntryPoint = "getsockname")]
    private static partial int GetSocketName(int descriptor, Libc.NetlinkAddress* address, int* length);

    [LibraryImport("libc", EntryPoint = "sendto")]
    private static partial nint SendTo(int descriptor, byte* bytes, nint length, int flags, Libc.NetlinkAddress* to, int toLength);
}
