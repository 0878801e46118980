using System.Runtime.InteropServices;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Pairing;

/// <summary>Who gets whose response: by key, and by order when messages are missing.</summary>
public class PairingTests : IItemSink
{
    private readonly List<string> _left = [];
    private readonly DissectionEngine _engine;

    public PairingTests() => _engine = new DissectionEngine(new DissectionOptions { PendingLimit = 4 }, new LossLedger(), this);

    void IItemSink.OnItem(Item item) => throw new InvalidOperationException("Nothing here emits items.");

    [Fact]
    public void The_nth_response_answers_the_nth_request()
    {
        var pairing = Ordered(atStart: true);
        Add(pairing, "a", "b", "c");
        Assert.Equal(["a", "b", "c", "pair-not-found"], [Next(pairing), Next(pairing), Next(pairing), Next(pairing)]);
    }

    [Fact]
    public void Behind_a_gap_a_connection_that_waits_for_each_response_pairs_from_the_next_request()
    {
        var pairing = Ordered(atStart: true);
        Add(pairing, "a");
        pairing.OnGap();
        Assert.Equal("gap", Next(pairing));
        Add(pairing, "b");
        Assert.Equal("b", Next(pairing));
        Assert.Equal(["a:gap"], _left);
    }

    [Fact]
    public void Behind_a_gap_a_pipelined_connection_pairs_nothing_until_it_is_idle()
    {
        var pairing = Ordered(atStart: true);
        Add(pairing, "a", "b");
        pairing.OnGap();
        Add(pairing, "c");
        Assert.Equal("gap", Next(pairing));
        pairing.OnIdle();
        Add(pairing, "d", "e");
        Assert.Equal(["d", "e"], [Next(pairing), Next(pairing)]);
        Assert.Equal(["a:gap", "b:gap", "c:gap"], _left);
    }

    [Fact]
    public void A_burst_right_behind_an_unseen_start_throws_doubt_on_the_count_and_one_after_many_answers_does_not()
    {
        var doubtful = Ordered(atStart: false);
        Add(doubtful, "a", "b");
        Assert.Equal("gap", Next(doubtful));
        var sure = Ordered(atStart: false);
        foreach (var name in new[] { "1", "2", "3", "4", "5" })
        {
            Add(sure, name);
            Assert.Equal(name, Next(sure));
        }

        Add(sure, "a", "b");
        Assert.Equal(["a", "b"], [Next(sure), Next(sure)]);
    }

    [Fact]
    public void The_response_of_a_request_that_left_early_goes_to_nobody_else()
    {
        var pairing = Ordered(atStart: true);
        Add(pairing, "a", "b", "c");
        var first = pairing.Next!;
        pairing.Leave(first, ItemError.Timeout("late"));
        Assert.Null(pairing.Next);
        Assert.Equal(["timeout", "b", "c"], [Next(pairing), Next(pairing), Next(pairing)]);
        Assert.Equal(["a:timeout"], _left);
    }

    [Fact]
    public void Too_many_unanswered_requests_leave_and_later_responses_go_to_nobody()
    {
        var pairing = Ordered(atStart: true);
        Add(pairing, "a", "b", "c", "d", "e");
        Assert.Equal(0, pairing.Count);
        Assert.Equal("gap", Next(pairing));
        Assert.Equal(["a:pair-not-found", "b:pair-not-found", "c:pair-not-found", "d:pair-not-found", "e:pair-not-found"], _left);
        Assert.Equal(1, _engine.Losses.PendingMessages.Count);
    }

    [Fact]
    public void Keys_pair_in_any_order_and_a_reused_key_sends_the_earlier_request_away()
    {
        var pairing = new KeyedPairing<Message>(Context(atStart: false), Leaves);
        pairing.Add(1, Named("a"));
        pairing.Add(2, Named("b"));
        pairing.Add(2, Named("c"));
        Assert.Equal(["c", "a"], [pairing.Take(2)!.Name, pairing.Take(1)!.Name]);
        Assert.Null(pairing.Take(1));
        foreach (var key in Enumerable.Range(10, 6)) pairing.Add(key, Named(key.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        pairing.Flush(FlowEnd.Reset);
        Assert.Equal(["b:pair-not-found", "10:pair-not-found", "11:pair-not-found", "12:connection", "13:connection", "14:connection", "15:connection"], _left);
        Assert.Equal(0, _engine.Memory.Bytes);
    }

    [Fact]
    public void Requests_leave_when_their_time_is_over_or_memory_runs_out()
    {
        var engine = new DissectionEngine(new DissectionOptions { MemoryLimit = 1000 }, new LossLedger(), this);
        engine.AdvanceTo(new Timestamp(0));
        var pairing = new KeyedPairing<Message>(new FlowContext(Flow(), engine), Leaves);
        pairing.Add(1, Named("old"));
        engine.AdvanceTo(new Timestamp(61_000_000_000));
        Assert.Equal(["old:timeout"], _left);
        foreach (var key in Enumerable.Range(0, 6)) pairing.Add(key, Named("m" + key.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        engine.Memory.Relieve();
        Assert.Equal(["old:timeout", "m0:pair-not-found"], _left[..2]);
        Assert.InRange(engine.Memory.Bytes, 1, 1000);
    }

    [Fact]
    public void Whatever_comes_nobody_gets_the_response_of_another_while_nothing_is_missing()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (random, pairing, sent, answered) = (new Random(seed), Ordered(atStart: true), 0, 0);
            for (var step = 0; step < 200; step++)
            {
                if (sent - answered < 4 && random.Next(2) == 0) Add(pairing, (sent++).ToString(System.Globalization.CultureInfo.InvariantCulture));
                else if (answered < sent && random.Next(5) == 0 && pairing.Next is { } next) pairing.Leave(next, ItemError.Timeout("late"));
                else if (answered < sent) Assert.Contains(Next(pairing), new[] { (answered++).ToString(System.Globalization.CultureInfo.InvariantCulture), "timeout" });
            }
        }
    }

    [Fact]
    public void A_message_that_waits_while_many_bytes_are_kept_holds_no_shared_chunk()
    {
        var context = Context(atStart: true);
        var pairing = new OrderedPairing<Message>(context, Leaves);
        var early = new Message { Name = "early", Timestamp = default, Size = 10, Bytes = context.Arena.Keep("early"u8) };
        pairing.Add(early);
        for (var i = 0; i < 100; i++) context.Arena.Keep(new byte[32 << 10]);
        var late = new Message { Name = "late", Timestamp = default, Size = 10, Bytes = context.Arena.Keep("late"u8) };
        pairing.Add(late);
        Assert.Equal((5, 64 << 10), (ArrayOf(early.Bytes).Length, ArrayOf(late.Bytes).Length));
        Assert.Equal("early"u8, early.Bytes.Span);
        var detached = early.Bytes;
        early.Detach();
        Assert.Same(ArrayOf(detached), ArrayOf(early.Bytes));
    }

    [Fact]
    public void Pieces_move_to_one_array_in_their_order_and_take_more_behind_them()
    {
        var context = Context(atStart: true);
        var pieces = default(KeptPieces);
        pieces.Add(context.Arena.Keep("ab"u8));
        context.Arena.Keep("-"u8);
        pieces.Add(context.Arena.Keep("cde"u8));
        pieces.Detach();
        Assert.Equal((1, 5), (pieces.Count, ArrayOf(pieces[0]).Length));
        pieces.Add(context.Arena.Keep("f"u8));
        Assert.Equal(6, pieces.Length);
        Assert.Equal("abcde"u8, pieces[0].Span);
        Assert.Equal("f"u8, pieces[1].Span);
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory) => MemoryMarshal.TryGetArray(memory, out var array) ? array.Array! : throw new InvalidOperationException("The bytes lie in no array.");

    private static Flow Flow() => new(1, TransportProtocol.Tcp, default, default, default);

    private static Message Named(string name) => new() { Name = name, Timestamp = default, Size = 10 };

    private static string Next(OrderedPairing<Message> pairing) => pairing.Take(out var because)?.Name ?? because!.ErrorType;

    private static void Add(OrderedPairing<Message> pairing, params string[] names)
    {
        foreach (var name in names) pairing.Add(Named(name));
    }

    private void Leaves(Message message, ItemError because) => _left.Add(message.Name + ":" + because.ErrorType);

    private FlowContext Context(bool atStart) => new(Flow(), _engine) { AtStart = atStart };

    private OrderedPairing<Message> Ordered(bool atStart) => new(Context(atStart), Leaves);

    private sealed class Message : PendingMessage
    {
        public required string Name { get; init; }

        public ReadOnlyMemory<byte> Bytes { get; set; }

        internal override void Detach() => Bytes = ByteArena.Detach(Bytes);
    }
}
