using Wirehook.Packets.Flows;
using Wirehook.Packets.Tests.Flows;

namespace Wirehook.Packets.Tests.Reassembly;

public class InOrderTests
{
    private const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;

    [Fact]
    public void A_connection_is_delivered_from_handshake_to_finish()
    {
        var book = new Playbook().Handshake().FromClient(1, "GET").FromServer(1, "200", ack: 4).FromClient(4, flags: FinAck, ack: 4)
            .FromServer(4, flags: FinAck, ack: 5).FromClient(5, ack: 5);
        Assert.Equal(">GET | <200 | >end | <end | Finished", book.Heard);
        Assert.True(book.Flows.Single().HandshakeSeen);
        Assert.Equal(0, book.Table.Statistics.LiveFlows);
        Assert.Equal(6, book.Table.Statistics.StreamBytes);
    }

    [Fact]
    public void Data_on_syn_and_fin_counts()
    {
        var book = new Playbook().FromClient(0, "ab", TcpFlags.Syn, 0).FromServer(0, flags: TcpFlags.Syn | TcpFlags.Ack, ack: 3)
            .FromClient(3, "cd", FinAck).FromServer(1, "x", FinAck, 6).FromClient(6, ack: 3);
        Assert.Equal(">ab | >cd | >end | <x | <end | Finished", book.Heard);
    }

    [Fact]
    public void Sequence_numbers_wrap()
    {
        var book = new Playbook(clientInitial: uint.MaxValue - 3, serverInitial: uint.MaxValue).Handshake()
            .FromClient(1, "abc").FromClient(7, "g").FromClient(4, "def").FromServer(1, "reply", ack: 8).FromServer(9, "!", ack: 8).FromServer(6, "abc", ack: 8);
        Assert.Equal(">abc | >def | >g | <reply | <abc | <!", book.Heard);
    }

    [Fact]
    public void Retransmissions_are_dropped_and_overlaps_keep_the_first_bytes()
    {
        var book = new Playbook().Handshake().FromClient(1, "abcd").FromClient(1, "abcd").FromClient(3, "cdef").FromClient(9, "ij")
            .FromClient(8, "hXXk").FromClient(7, "g");
        Assert.Equal(">abcd | >ef | >g | >h | >ij | >k", book.Heard);
        Assert.Equal(2, book.Lost("conflicting-overlap"));
        Assert.Equal(8, book.Table.Statistics.DuplicateBytes);
    }

    [Fact]
    public void Keep_alives_and_zero_window_probes_add_nothing_of_their_own()
    {
        var book = new Playbook().Handshake().FromClient(1, "abc").FromClient(3, "\0").FromServer(1, ack: 4).FromClient(3).FromClient(4, "d").FromServer(1, ack: 4)
            .FromClient(4, "def").FromServer(1, ack: 7);
        Assert.Equal(">abc | >d | >ef", book.Heard);
        Assert.Equal(0, book.Table.Statistics.Gaps);
    }

    [Fact]
    public void Out_of_order_segments_wait_for_each_other()
    {
        var book = new Playbook().Handshake().FromServer(7, "ghi").FromServer(4, "def").FromServer(12, "l").FromServer(1, "abc").FromServer(10, "jk");
        Assert.Equal("<abc | <def | <ghi | <jk | <l", book.Heard);
    }

    [Fact]
    public void A_response_waits_for_the_request_that_it_acknowledges()
    {
        var book = new Playbook().Handshake().FromServer(1, "200", ack: 4).FromClient(1, "GET").FromClient(7, "!", ack: 4).FromServer(4, "more", ack: 8)
            .FromClient(4, "POS", ack: 4);
        Assert.Equal(">GET | <200 | >POS | >! | <more", book.Heard);
    }

    [Fact]
    public void Fin_ahead_of_data_waits()
    {
        var book = new Playbook().Handshake().FromClient(4, flags: FinAck).FromClient(1, "abc");
        Assert.Equal(">abc | >end", book.Heard);
    }

    [Fact]
    public void The_handshake_may_be_out_of_order()
    {
        var book = new Playbook().FromServer(0, flags: TcpFlags.Syn | TcpFlags.Ack).FromClient(1).FromClient(1, "GET").FromClient(0, flags: TcpFlags.Syn, ack: 0)
            .FromServer(1, "200", ack: 4);
        Assert.Equal(">GET | <200", book.Heard);
        Assert.Equal(Playbook.Client, book.Flows.Single().Initiator);
    }

    [Fact]
    public void A_late_syn_belongs_to_the_data_that_overtook_it()
    {
        var book = new Playbook().FromClient(1).FromClient(1, "GET").FromClient(0, flags: TcpFlags.Syn, ack: 0).FromServer(0, flags: TcpFlags.Syn | TcpFlags.Ack)
            .FromServer(1, "200", ack: 4);
        Assert.Equal(">GET | <200", book.Heard);
        Assert.True(book.Flows.Single().HandshakeSeen);
    }

    [Fact]
    public void A_stream_that_starts_in_the_middle_settles_before_it_starts()
    {
        var book = new Playbook().FromServer(104, "later", ack: 50).FromClient(50, "next", ack: 109).FromServer(100, "earl", ack: 50);
        Assert.Empty(book.Events);
        book.Others(20).Wait(200).Others(2);
        Assert.Equal("<earl | <later | >next", book.Heard);
        Assert.Equal(Playbook.Client, book.Flows.Single().Initiator);
        Assert.False(book.Flows.Single().HandshakeSeen);
    }

    [Fact]
    public void Only_one_side_captured_is_no_reason_to_wait()
    {
        var book = new Playbook().FromClient(0, flags: TcpFlags.Syn, ack: 0).FromClient(1, "GET").FromClient(4, "GET", ack: 500);
        Assert.Equal(">GET | >GET", book.Heard);
    }

    [Fact]
    public void Segments_in_reverse_and_in_random_order_come_out_in_order()
    {
        foreach (var seed in new[] { 0, 1, 2 })
        {
            var random = new Random(seed);
            var order = Enumerable.Range(0, 3000).Reverse().ToArray();
            if (seed > 0) random.Shuffle(order);
            var book = new Playbook().Handshake();
            foreach (var i in order) book.FromServer(1 + i, ((char)('a' + i % 26)).ToString());
            Assert.Equal(string.Concat(Enumerable.Range(0, 3000).Select(i => (char)('a' + i % 26))), string.Concat(book.Events).Replace("<", ""));
        }
    }

    [Fact]
    public void A_stale_acknowledgement_before_the_handshake_proves_nothing()
    {
        var book = new Playbook().FromServer(3_000_000_000, ack: 900_000_000).Handshake().FromClient(1, "GET").FromServer(1, "200", ack: 4).Others(600).FromClient(4, "!", ack: 4);
        Assert.Equal(">GET | <200 | >!", book.Heard);
    }
}
