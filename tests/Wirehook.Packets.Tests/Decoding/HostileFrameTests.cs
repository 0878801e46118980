using Wirehook.Packets.Decoding;

namespace Wirehook.Packets.Tests.Decoding;

public sealed class HostileFrameTests
{
    private const int Mutations = 100_000;

    [Fact]
    public void Mutated_frames_are_decoded_or_counted_and_never_throw()
    {
        var seeds = LinkLayerTests.Frames.Select(row => (Link: (LinkType)row[1], Frame: (byte[])row[2]))
            .Concat(TunnelTests.Packets.Select(row => (Link: LinkType.Raw, Frame: (byte[])row[1])))
            .Append((LinkType.IPv4, Frames.IPv4(17, new byte[40], fragment: 0x2003)))
            .Append((LinkType.IPv6, Frames.IPv6(44, Frames.Fragment6(17, 16, true, 5, new byte[48]))))
            .ToArray();
        var random = new Random(20);
        var ledger = new LossLedger();
        var decoder = new PacketDecoder(ledger, new DefragmentationLimits(Datagrams: 64));
        long decoded = 0;
        for (var round = 0; round < Mutations; round++)
        {
            var (link, seed) = seeds[random.Next(seeds.Length)];
            var frame = Mutate(seed, random);
            DecodedPacket packet = default;
            var header = new PacketHeader(new Timestamp(round * 1000L), frame.Length, frame.Length + (random.Next(4) == 0 ? random.Next(100) : 0), link);
            if (decoder.Decode(header, frame, ref packet) != DecodeStatus.Transport) continue;
            Assert.True(packet.MissingPayload >= 0);
            decoded++;
            if (!packet.Fragmented) Assert.True(packet.Payload.Length <= frame.Length);
        }

        decoder.Complete();
        Assert.InRange(decoded, Mutations / 10, Mutations);

        // Every packet is decoded, or counted; a datagram put together from fragments counts once for all of them.
        var lost = ledger.Counters.Sum(counter => counter.Count);
        Assert.InRange(decoded + lost, Mutations - 1000, Mutations);
    }

    [Fact]
    public void Random_bytes_of_every_link_type_never_throw()
    {
        var random = new Random(21);
        var links = Enum.GetValues<LinkType>();
        var decoder = new PacketDecoder(new LossLedger());
        for (var round = 0; round < Mutations; round++)
        {
            var frame = new byte[random.Next(120)];
            random.NextBytes(frame);
            DecodedPacket packet = default;
            decoder.Decode(new PacketHeader(default, frame.Length, frame.Length, links[random.Next(links.Length)]), frame, ref packet);
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var frame = (byte[])seed.Clone();
        for (var changes = random.Next(1, 6); changes > 0; changes--) frame[random.Next(frame.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
        return random.Next(3) switch
        {
            0 => frame[..random.Next(frame.Length + 1)],
            1 => [.. frame, .. new byte[random.Next(64)]],
            _ => frame,
        };
    }
}
