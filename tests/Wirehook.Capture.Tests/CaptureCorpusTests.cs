using Wirehook.Tests;

namespace Wirehook.Capture.Tests;

public sealed class CaptureCorpusTests
{
    /// <summary>Files where the table counts something else than packets, with the number of packets that are really there.</summary>
    /// <remarks>The table counts tshark's records, and tshark lists pcapng custom blocks (types 0x0bad and 0x40000bad) among them; they hold no packet.</remarks>
    private static readonly Dictionary<string, int> OtherCounts = new()
    {
        ["formats/gopacket_be_test017.pcapng"] = 0,
        ["formats/gopacket_be_test018.pcapng"] = 4,
        ["formats/gopacket_le_test018.pcapng"] = 4,
        ["formats/gopacket_le_test102.pcapng"] = 5,
        ["formats/gopacket_le_test202.pcapng"] = 8,

        // The second record claims 1,409,179,648 bytes. tcpdump stops there as well; tshark guesses another byte layout and shows a record of garbage.
        ["malformed/suricata_bug-6875-01_fuzz.pcap"] = 1,

        // Compressed with Zstandard, which is not read: the file is reported as damaged at its first byte.
        ["formats/pcapplusplus_file_heuristics_pcapng-example.pcapng.zst"] = 0,
    };

    [CorpusFact]
    public void Packet_counts_equal_the_independent_ones()
    {
        var differences = new List<string>();
        foreach (var (name, path, packets) in TruthTable.Packets("formats", "linktypes", "vlan", "tunnels", "ipfrag", "ipv6ext", "malformed", "http1", "dns", "tcp"))
        {
            using var source = CaptureFileSource.Open(path);
            var count = 0;
            while (source.TryReadNext(out var header, out var frame))
            {
                Assert.Equal(header.CaptureLength, frame.Length);
                Assert.True(header.Length >= header.CaptureLength);
                count++;
            }

            if (count != OtherCounts.GetValueOrDefault(name, packets)) differences.Add($"{name}: {count}, expected {packets}; {string.Join(' ', source.Damages)}");
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }
}
