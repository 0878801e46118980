namespace Wirehook.Packets.Tests.Files;

public sealed class HostileCaptureTests
{
    private const int Mutations = 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_captures_end_or_are_damaged_and_never_throw(int kind)
    {
        var bigEndian = (kind & 1) != 0;
        var seed = kind < 2
            ? new CaptureBytes(bigEndian).Pcap(CaptureBytes.Microseconds).PcapPacket(1, 2, new byte[40]).PcapPacket(3, 4, new byte[9], 90).ToArray()
            : new CaptureBytes(bigEndian).Section().Interface(name: "eth0", resolution: 9, offset: 3).Enhanced(0, 1, new byte[20]).Simple(new byte[9])
                .Secrets(1, new byte[5]).Obsolete(0, 3, new byte[11]).ToArray();
        var random = new Random(kind);
        for (var round = 0; round < Mutations; round++)
        {
            var capture = (byte[])seed.Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--) capture[random.Next(capture.Length)] = (byte)(random.Next(4) == 0 ? 0xFF : random.Next(256));
            if (random.Next(3) == 0) capture = capture[..random.Next(capture.Length)];
            var read = ReadCapture.Of(capture);
            Assert.InRange(read.Packets.Sum(packet => packet.Frame.Length), 0, capture.Length);
        }
    }
}
