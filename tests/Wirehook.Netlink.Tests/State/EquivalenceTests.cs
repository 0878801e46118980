using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Tests.State;

/// <summary>Whatever is lost, the state after the dumps is the kernel's, and the events lead from any earlier state to it.</summary>
public class EquivalenceTests
{
    private static readonly NetlinkFamily[] Families = [.. NetlinkFamily.All.Where(f => f is { IsCached: true, Protocol: NetlinkProtocol.Route })];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Losses_and_dumps_end_in_the_kernels_state(bool initial)
    {
        for (var seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            var run = new Run(random, new TestEngine(new() { EmitInitial = initial }));
            run.Change(random.Next(30));
            run.DumpAll();
            for (var round = 0; round < 8; round++)
            {
                run.Change(random.Next(40));
                run.Deliver(random.Next(50), lose: random.Next(2) == 0);
                if (run.HasLost) run.Resync();
            }

            run.Deliver(int.MaxValue, lose: false);
            run.Audit();
            Assert.Equal(run.Kernel(), run.Known());
            if (initial) Assert.Equal(run.Known(), run.Told());
        }
    }

    /// <summary>One kernel, one engine, and a copy of the state that only events feed.</summary>
    private sealed class Run(Random random, TestEngine engine)
    {
        private readonly KernelModel _kernel = new(random);
        private readonly Dictionary<NetlinkObject, NetlinkObject> _copy = new(SameObject.Comparer);

        public bool HasLost { get; private set; }

        public void Change(int count)
        {
            for (var i = 0; i < count; i++) _kernel.Change();
        }

        /// <summary>Reads announcements, or loses them.</summary>
        public void Deliver(int most, bool lose)
        {
            for (var i = 0; i < most && _kernel.Announcements.TryDequeue(out var announcement); i++)
            {
                if (lose) HasLost = true;
                else Apply(engine.Feed(announcement));
            }
        }

        public void Resync()
        {
            engine.Overrun();
            HasLost = false;
            DumpAll();
            Assert.False(engine.Namespace.NeedsResync(NetlinkProtocol.Route));
        }

        public void DumpAll()
        {
            foreach (var family in Families)
            {
                foreach (var request in family.Dumps) Dump(family, request);
            }
        }

        public void Audit()
        {
            while (engine.Engine.TryTakeAudit(engine.Namespace, out var request))
            {
                var type = BitConverter.ToUInt16(request, 4);
                Dump(Families.Single(f => f.Messages.Any(m => m.Type == type)), request);
            }
        }

        /// <summary>The kernel changes meanwhile, some announcements are read before and between the parts of the answer, the rest of those that are older before its end.</summary>
        private void Dump(NetlinkFamily family, byte[] request)
        {
            var (sequence, begun) = engine.Begin(request);
            Apply(begun);
            Change(random.Next(5));
            var answer = _kernel.Snapshot(family, request);
            Change(random.Next(5));
            foreach (var part in answer)
            {
                Deliver(random.Next(3), lose: false);
                Apply(engine.Feed(TestEngine.Reply(part, sequence)));
            }

            Deliver(int.MaxValue, lose: false);
            Apply(engine.Feed(Bytes.Done(sequence)));
            Assert.Equal(DumpOutcome.Complete, engine.Namespace.LastDump(NetlinkProtocol.Route));
        }

        private void Apply(NetworkEvent[] events)
        {
            foreach (var e in events)
            {
                if (e.Current is null) continue;
                if (e.Previous is not null) _copy.Remove(e.Previous);
                _copy.Remove(e.Current);
                if (!e.Events.Any(n => n.EndsWith("removed", StringComparison.Ordinal) && !n.Contains("default"))) _copy[e.Current] = e.Current;
            }
        }

        public string[] Known() => Describe(Families.SelectMany(engine.Namespace.Objects));

        public string[] Told() => Describe(_copy.Values);

        public string[] Kernel()
        {
            var fresh = new TestEngine();
            foreach (var family in Families)
            {
                foreach (var request in family.Dumps) fresh.Dump(request, _kernel.Snapshot(family, request));
            }

            return Describe(Families.SelectMany(fresh.Namespace.Objects));
        }

        private static string[] Describe(IEnumerable<NetlinkObject> objects) =>
        [
            .. objects.Select(o => o.Family.Name + " " + string.Join(' ', o.Family.Fields.Where(f => f.IsState).Select(f => f.Name + "=" + f.Get(o))))
                .Order(StringComparer.Ordinal),
        ];
    }
}
