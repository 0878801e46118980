using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>
/// Damaged traffic of every protocol, 100,000 scenes each: nothing throws, hangs or takes memory by the gigabyte, every field of every item reads, and
/// nothing is held when the flow is over.
/// </summary>
public class MutationTests
{
    private const int LongestScene = 4096;
    private const int RunsPerEngine = 2000;
    private const long MostAllocated = 48 << 20;
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("WIREHOOK_MUTATIONS") ?? "100000", CultureInfo.InvariantCulture);

    public static TheoryData<string> Protocols { get; } = [.. ProtocolCapture.All.Values.Select(c => c.Protocol).Distinct()];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Damaged_traffic_does_no_harm(string protocol)
    {
        var recordings = ProtocolCapture.All.Values.Where(c => c.Protocol == protocol).Select(c => CaptureRecording.Of(c.Path)).Where(r => r.Calls.Count > 0).ToArray();
        if (recordings.Length == 0) return;
        Parallel.For(0, (Runs + RunsPerEngine - 1) / RunsPerEngine, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part => new Part(recordings).Run(part * RunsPerEngine));
    }

    private sealed class Part : IItemSink
    {
        private readonly CaptureRecording[] _recordings;
        private readonly List<FlowCall>[][] _flows;
        private readonly DissectionEngine _engine;
        private readonly List<Item> _items = [];
        private readonly ArrayBufferWriter<byte> _json = new();

        public Part(CaptureRecording[] recordings)
        {
            _recordings = recordings;
            _flows = [.. recordings.Select(r => r.Flows.Select((_, i) => r.Calls.Where(c => c.Flow == i && c.Kind != FlowCallKind.End).ToList()).ToArray())];
            _engine = new DissectionEngine(new DissectionOptions { MemoryLimit = 8 << 20, Keys = CaptureRecording.ReadKeys(recordings.Select(r => r.Path)) }, new LossLedger(), this);
        }

        public void OnItem(Item item) => _items.Add(item);

        public void Run(int firstSeed)
        {
            for (var seed = firstSeed; seed < firstSeed + RunsPerEngine; seed++)
            {
                try
                {
                    RunOne(new Random(seed), seed);
                }
                catch (Exception e) when (e is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"Seed {seed}: {e}");
                }
            }
        }

        private void RunOne(Random random, int seed)
        {
            var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            var recording = random.Next(_recordings.Length);
            var flow = random.Next(_flows[recording].Length);
            if (_flows[recording][flow].Count == 0) return;
            var scene = Scene(_flows[recording][flow], random);
            Mutation.Apply(scene, random);
            Play(_recordings[recording].Flows[flow], scene, random);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < MostAllocated, $"Seed {seed} allocated {GC.GetAllocatedBytesForCurrentThread() - allocated} bytes.");
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < 20, $"Seed {seed} took {Stopwatch.GetElapsedTime(started)}.");
            Assert.True(_engine.Memory.Bytes == 0, $"Seed {seed} left {_engine.Memory.Bytes} bytes held.");
        }

        private void Play(Flow original, List<FlowCall> scene, Random random)
        {
            var flow = new Flow(original.Number, original.Transport, original.Initiator, original.Responder, original.Started)
            {
                HandshakeSeen = random.Next(4) > 0,
            };
            var handler = _engine.OnFlowStarted(flow)!;
            var ended = new bool[2];
            foreach (var call in scene)
            {
                // Nothing comes from a side behind its end: the reassembler holds that, whatever the peers send.
                if (ended[(int)call.Direction]) continue;
                ended[(int)call.Direction] = call.Kind == FlowCallKind.DirectionEnd;
                call.Make(handler);
            }

            handler.OnEnd((FlowEnd)random.Next(6), scene[^1].Timestamp);
            foreach (var item in _items)
            {
                ItemJson.Write(item, _json);
                _json.ResetWrittenCount();
            }

            _items.Clear();
        }

        private static List<FlowCall> Scene(List<FlowCall> calls, Random random)
        {
            var scene = new List<FlowCall>();
            var size = 0;
            for (var i = random.Next(3) > 0 ? 0 : random.Next(calls.Count); i < calls.Count && size < LongestScene; i++)
            {
                scene.Add(calls[i]);
                size += calls[i].Data.Length;
            }

            return scene;
        }
    }
}
