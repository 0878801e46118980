using Wirehook.Capture.Live;
using Wirehook.Packets;
using Wirehook.Packets.Decoding;
using Wirehook.Tests;

namespace Wirehook.Capture.Tests.Live;

public sealed class LiveCaptureTests
{
    private static readonly LiveCaptureOptions Small = new(RingBytes: 4 << 20, BlockMilliseconds: 10);

    [RootFact("ip", "tcpdump")]
    public void The_ring_sees_what_tcpdump_sees()
    {
        using var network = new NetworkNamespace();
        var file = Path.GetTempFileName();
        using var tcpdump = NetworkNamespace.Start("ip", $"netns exec {network.Near} tcpdump -i wna --immediate-mode -s 2048 -U -Z root -w {file}");
        while (!Assert.IsType<string>(tcpdump.StandardError.ReadLine()).Contains("listening", StringComparison.Ordinal))
        {
        }

        using var capture = network.Inside(() => LiveCapture.Open(["wna"], Small));
        network.Send("10.99.0.2", 40, 1000);
        var own = Read(capture, 40);
        var expected = new List<byte[]>();
        for (var tries = 0; tries < 50 && expected.Count < 40; tries++)
        {
            Thread.Sleep(100);
            expected = ReadWanted(file);
        }

        tcpdump.Kill();
        File.Delete(file);
        Assert.Equal(40, expected.Count);
        Assert.Equal(expected, own.Select(packet => packet.Frame));
        Assert.All(own, packet => Assert.InRange(packet.Header.Timestamp.UnixMilliseconds, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        Assert.Equal(0, capture.KernelDrops);
    }

    [RootFact("ip")]
    public void Vlan_tags_are_put_back()
    {
        using var network = new NetworkNamespace();
        using var capture = network.Inside(() => LiveCapture.Open(["wna"], Small));
        var datagram = Convert.FromHexString("4500001d00010000401100000a6300020a630001" + "0fa0270f00090000" + "41");
        var tagged = Convert.FromHexString("ffffffffffff020000000009" + "88a80064" + "81000007" + "0800").Concat(datagram).ToArray();
        network.SendFrame(tagged);
        var packet = Assert.Single(Read(capture, 1));
        Assert.Equal(tagged, packet.Frame);
        Assert.Equal((tagged.Length, tagged.Length), (packet.Header.CaptureLength, packet.Header.Length));
    }

    [RootFact("ip")]
    public void Vlan_tags_stand_behind_the_cooked_header()
    {
        using var network = new NetworkNamespace();
        using var capture = network.Inside(() => LiveCapture.Open(["any"], Small));
        var datagram = Convert.FromHexString("4500001d00010000401100000a6300020a630001" + "0fa0270f00090000" + "41");
        network.SendFrame([.. Convert.FromHexString("ffffffffffff020000000009" + "81000007" + "0800"), .. datagram]);
        var packet = Read(capture, 1)[0];
        Assert.Equal([0x81, 0x00, 0x00, 0x00], packet.Frame[..4]);
        Assert.Equal([0x02, 0x00, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x07, 0x08, 0x00, .. datagram], packet.Frame[12..]);
    }

    [RootFact("ip")]
    public void Any_holds_every_interface_and_loopback_packets_once()
    {
        using var network = new NetworkNamespace();
        using var capture = network.Inside(() => LiveCapture.Open(["any"], Small));
        Assert.Equal([LinkType.LinuxSll2], capture.Links);
        network.Send("127.0.0.1", 8, 10);
        network.Send("10.99.0.2", 6, 10);
        var packets = Read(capture, 14);
        Assert.Equal(8, packets.Count(packet => packet.Frame[9] == 0x04 && packet.Frame[8] == 0x03));
    }

    [RootFact("ip")]
    public void Several_interfaces_are_read_by_one_thread()
    {
        using var network = new NetworkNamespace();
        using var capture = network.Inside(() => LiveCapture.Open(["lo", "wna"], Small));
        network.Send("127.0.0.1", 10, 10);
        network.Send("10.99.0.2", 10, 10);
        var packets = Read(capture, 20);
        Assert.Equal((10, 10), (packets.Count(packet => packet.Header.Interface == 0), packets.Count(packet => packet.Header.Interface == 1)));
    }

    [RootFact("ip")]
    public void Drops_of_a_full_ring_are_counted()
    {
        using var network = new NetworkNamespace();
        using var capture = network.Inside(() => LiveCapture.Open(["wna"], new LiveCaptureOptions(RingBytes: 2 << 20, BlockMilliseconds: 10)));
        network.Send("10.99.0.2", 8000, 1400);
        var seen = Read(capture, int.MaxValue).Count;
        Assert.InRange(seen, 100, 7_900);
        Assert.InRange(capture.KernelDrops, 8_000 - seen, 8_100 - seen);
    }

    [RootFact("ip")]
    public void An_interface_that_vanishes_does_not_end_the_capture()
    {
        using var network = new NetworkNamespace();
        using var capture = network.Inside(() => LiveCapture.Open(["wna"], Small));
        NetworkNamespace.Run("ip", $"-n {network.Near} link del wna");
        for (var i = 0; i < 5; i++)
        {
            if (capture.TryReadBlock(20, out var block)) block.Dispose();
        }
    }

    [RootFact]
    public void A_missing_interface_names_those_that_exist()
    {
        var message = Assert.Throws<CaptureException>(() => LiveCapture.Open(["no-such-if"])).Message;
        Assert.StartsWith("no-such-if: there is no such interface. There are: ", message);
        Assert.Contains("lo", message);
        Assert.Throws<CaptureException>(() => LiveCapture.Open([]));
        Assert.Throws<CaptureException>(() => LiveCapture.Open(["lo", "any"]));
    }

    [Fact]
    public void The_remedy_for_a_missing_privilege_never_touches_the_shared_runtime()
    {
        Assert.Contains("sudo setcap cap_net_raw=ep /opt/wirehook", LiveCaptureErrors.Remedy("/opt/wirehook"));
        Assert.DoesNotContain("setcap", LiveCaptureErrors.Remedy("/usr/bin/dotnet"));
    }

    private static List<byte[]> ReadWanted(string file)
    {
        using var source = CaptureFileSource.Open(file);
        var frames = new List<byte[]>();
        while (source.TryReadNext(out var header, out var frame))
        {
            if (IsWanted(header, frame)) frames.Add(frame.ToArray());
        }

        return frames;
    }

    private static bool IsWanted(in PacketHeader header, ReadOnlySpan<byte> frame)
    {
        DecodedPacket packet = default;
        var status = new PacketDecoder(new LossLedger()).Decode(header, frame, ref packet);
        return status == DecodeStatus.Transport && packet.Transport == TransportProtocol.Udp && packet.DestinationPort == NetworkNamespace.Port;
    }

    /// <summary>Reads what was sent until there is enough, or nothing came for a while.</summary>
    private static List<(PacketHeader Header, byte[] Frame)> Read(LiveCapture capture, int enough)
    {
        var packets = new List<(PacketHeader, byte[])>();
        for (var idle = 0; idle < 5;)
        {
            if (!capture.TryReadBlock(100, out var block))
            {
                idle = packets.Count < enough ? idle + 1 : 5;
                continue;
            }

            using (block)
            {
                while (block.TryReadNext(out var header, out var frame))
                {
                    if (IsWanted(header, frame)) packets.Add((header, frame.ToArray()));
                }
            }
        }

        return packets;
    }
}
