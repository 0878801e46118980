using Wirehook.Capture;
using Wirehook.Packets;
using Wirehook.Scripting;
using Wirehook.Tests;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions;

namespace Wirehook.Worker.Tests.Pipeline;

/// <summary>Mutated packets of real conversations through the whole path, from the link layer to a script.</summary>
[Collection("memory")]
public sealed class HostilePacketTests
{
    private const int Packets = 60_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_that_a_packet_holds_ends_the_run_or_stays_in_memory(int seed)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var items = new CountingStream();
        using var session = new CaptureSession(new SessionOptions
        {
            Configuration = WorkerConfiguration.Build(null, [], [], []),
            Console = new Silence(),
            Items = items,
        });
        using var source = new MutatedSource(seed);
        var script = new ScriptSource("all.js", "var n = 0; function onPacketCaptured(info) { n += info.length; } function onItemCaptured(data) { n += JSON.stringify(data).length; }");
        var result = Replay.Run(session, source, [script], o => o.All(s => s.Loaded), CancellationToken.None);

        Assert.Equal(Packets, result.Summary.Packets);
        Assert.True(result.Summary.Items.Values.Sum(c => c.Count) > 500, "The mutations left nothing to dissect.");
        Assert.Equal(result.Summary.Items.Values.Sum(c => c.Count), items.Lines);
        Assert.Equal(0, result.Summary.Scripts.Single().Hooks.Sum(h => h.Errors + h.Missed));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 64 << 20);
    }

    private sealed class Silence : IScriptConsole
    {
        public void Write(in ConsoleLine line)
        {
        }
    }

    /// <summary>The sample captures again and again, one packet in two changed in up to eight places, cut, or repeated.</summary>
    private sealed class MutatedSource(int seed) : IPacketSource
    {
        private static readonly string[] Files = [.. Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "samples", "captures"), "*.pcap").Order(StringComparer.Ordinal)];
        private readonly Random _random = new(seed);
        private readonly byte[] _frame = new byte[1 << 18];
        private CaptureFileSource? _file;
        private int _next;
        private int _count;

        public CaptureProgress Progress => default;

        public IReadOnlyList<CaptureFileDamage> Damages => [];

        public PacketOrigin Origin => _file!.Origin;

        public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame)
        {
            ReadOnlySpan<byte> original;
            while (_file is null || !_file.TryReadNext(out header, out original))
            {
                _file?.Dispose();
                _file = CaptureFileSource.Open(Files[_next++ % Files.Length]);
            }

            var length = original.Length;
            original.CopyTo(_frame);
            if (_random.Next(2) == 0)
            {
                for (var change = _random.Next(1, 9); change > 0; change--) _frame[_random.Next(length)] = (byte)_random.Next(256);
                if (_random.Next(8) == 0) length = _random.Next(1, length + 1);
            }

            frame = _frame.AsSpan(0, length);
            header = header with { CaptureLength = length, Timestamp = new Timestamp(1_000_000L * _count) };
            return _count++ < Packets;
        }

        public void Dispose() => _file?.Dispose();
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Lines { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Lines += buffer.Count((byte)'\n');
    }
}
