using System.Runtime.InteropServices;

namespace Wirehook.EndToEnd.Live;

/// <summary>Turns a pcap into a pcapng that carries a key log (draft-ietf-opsawg-pcapng §4.7).</summary>
internal static class Pcapng
{
    private const int PcapHeaderLength = 24;
    private const int PcapRecordLength = 16;

    public static byte[] WithSecrets(byte[] pcap, byte[] keyLog)
    {
        var output = new List<byte>();
        Block(output, 0x0A0D0D0A, [.. Number(0x1A2B3C4D), 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
        Block(output, 1, [.. pcap.AsSpan(20, 2), 0, 0, 0, 0, 4, 0]);
        Block(output, 10, [.. Number(0x544C534B), .. Number((uint)keyLog.Length), .. Padded(keyLog)]);
        for (var at = PcapHeaderLength; at < pcap.Length;)
        {
            var seconds = MemoryMarshal.Read<uint>(pcap.AsSpan(at));
            var microseconds = (seconds * 1_000_000UL) + MemoryMarshal.Read<uint>(pcap.AsSpan(at + 4));
            var (captured, length) = (MemoryMarshal.Read<uint>(pcap.AsSpan(at + 8)), MemoryMarshal.Read<uint>(pcap.AsSpan(at + 12)));
            var frame = pcap.AsSpan(at + PcapRecordLength, (int)captured).ToArray();
            Block(output, 6, [.. Number(0), .. Number((uint)(microseconds >> 32)), .. Number((uint)microseconds), .. Number(captured), .. Number(length), .. Padded(frame)]);
            at += PcapRecordLength + (int)captured;
        }

        return [.. output];
    }

    private static void Block(List<byte> output, uint type, byte[] body)
    {
        var length = Number((uint)body.Length + 12);
        output.AddRange([.. Number(type), .. length, .. body, .. length]);
    }

    private static byte[] Padded(byte[] data) => [.. data, .. new byte[-data.Length & 3]];

    private static byte[] Number(uint value) => BitConverter.GetBytes(value);
}
