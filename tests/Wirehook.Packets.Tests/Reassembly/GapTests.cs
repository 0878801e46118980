using Wirehook.Packets.Flows;
using Wirehook.Packets.Tests.Flows;

namespace Wirehook.Packets.Tests.Reassembly;

public class GapTests
{
    [Fact]
    public void An_acknowledged_hole_is_a_gap_once_reordering_is_excluded()
    {
        var book = new Playbook().Handshake().FromServer(1, "abc").FromServer(9, "ij").FromClient(1, ack: 11).Others(10).Wait(500).Others(2);
        Assert.Equal("<abc", book.Heard);
        book.Others(10);
        Assert.Equal("<abc | <gap 5 NotCaptured | <ij", book.Heard);
        Assert.Equal(5, book.Lost("not-captured"));
    }

    [Fact]
    public void Many_packets_exclude_reordering_without_time()
    {
        var book = new Playbook().Handshake().FromServer(3, "c").FromClient(1, ack: 4).Others(250);
        Assert.Empty(book.Events);
        book.Others(20);
        Assert.Equal("<gap 2 NotCaptured | <c", book.Heard);
    }

    [Fact]
    public void A_hole_that_nobody_acknowledged_waits_for_the_retransmission()
    {
        var book = new Playbook().Handshake().FromServer(4, "def").Others(5000).Pass(20_000);
        Assert.Empty(book.Events);
        book.FromServer(1, "abc");
        Assert.Equal("<abc | <def", book.Heard);
    }

    [Fact]
    public void A_hole_that_nobody_acknowledged_ends_with_the_time_limit()
    {
        var book = new Playbook().Handshake().FromServer(4, "def").Pass(31_000);
        Assert.Equal("<gap 3 LimitReached | <def", book.Heard);
    }

    [Fact]
    public void A_lost_request_is_a_gap_before_its_response()
    {
        var book = new Playbook().Handshake().FromClient(1, "one").FromServer(1, "ONE", ack: 4).FromServer(4, "TWO", ack: 7).FromClient(7, "tri", ack: 7)
            .FromServer(7, "TRI", ack: 10).Others(300);
        Assert.Equal(">one | <ONE | >gap 3 NotCaptured | <TWO | >tri | <TRI", book.Heard);
    }

    [Fact]
    public void A_lost_response_is_a_gap_before_the_next_request()
    {
        var book = new Playbook().Handshake().FromClient(1, "one").FromClient(4, "two", ack: 4).FromServer(4, "TWO", ack: 7).Others(300);
        Assert.Equal(">one | <gap 3 NotCaptured | >two | <TWO", book.Heard);
    }

    [Fact]
    public void A_lost_end_is_a_gap_without_later_data()
    {
        var book = new Playbook().Handshake().FromServer(1, "abc").FromClient(1, ack: 9).Others(300);
        Assert.Equal("<abc | <gap 5 NotCaptured", book.Heard);
    }

    [Fact]
    public void One_acknowledged_number_with_nothing_behind_it_is_an_unseen_fin()
    {
        var book = new Playbook().Handshake().FromServer(1, "abc").FromClient(1, "x", ack: 5).Others(300);
        Assert.Equal("<abc | >x", book.Heard);
        book.FromServer(4, flags: TcpFlags.Fin | TcpFlags.Ack, ack: 2);
        Assert.Equal("<abc | >x | <end", book.Heard);
        Assert.Equal(0, book.Table.Statistics.Gaps);
    }

    [Fact]
    public void One_acknowledged_number_followed_by_bytes_was_a_byte()
    {
        var book = new Playbook().Handshake().FromServer(1, "abc").FromClient(1, "x", ack: 5).Others(300).FromServer(5, "efg", ack: 2);
        Assert.Equal("<abc | >x | <gap 1 NotCaptured | <efg", book.Heard);
    }

    [Fact]
    public void The_snap_length_cuts_bytes_out_in_order_and_out_of_order()
    {
        var book = new Playbook().Handshake().FromServer(1, "ab", missing: 3).FromServer(11, "kl", missing: 2).FromServer(6, "fg", missing: 3).FromServer(15, "o");
        Assert.Equal("<ab | <gap 3 SnapLength | <fg | <gap 3 SnapLength | <kl | <gap 2 SnapLength | <o", book.Heard);
        Assert.Equal(8, book.Lost("snap-length"));
    }

    [Fact]
    public void The_limit_per_direction_gives_up_the_oldest_hole()
    {
        var book = new Playbook(new FlowOptions { BufferPerDirection = 2048 }).Handshake().FromServer(3, "c").FromServer(6, "f").FromServer(9, "i").FromServer(12, "l");
        Assert.Empty(book.Events);
        book.FromServer(15, "o");
        Assert.Equal("<gap 2 LimitReached | <c", book.Heard);
        Assert.Equal(2, book.Lost("limit-reached"));
        Assert.Equal(2048, book.Table.Statistics.BufferedBytes);
    }

    [Fact]
    public void The_end_of_the_capture_delivers_what_waits()
    {
        var book = new Playbook().Handshake().FromServer(4, "def", TcpFlags.Fin | TcpFlags.Ack).FromClient(3, "c", ack: 8).Finish();
        Assert.Equal("<gap 3 NotCaptured | <def | <end | >gap 2 NotCaptured | >c | CaptureEnded", book.Heard);
        Assert.Equal(0, book.Table.Statistics.BufferedBytes);
    }

    [Fact]
    public void A_lost_syn_ack_does_not_hide_the_loss_of_the_first_bytes()
    {
        var book = new Playbook().FromClient(0, flags: TcpFlags.Syn, ack: 0).FromClient(1).FromClient(1, "GET").FromServer(6, "fgh", ack: 4).FromClient(4, ack: 9).Others(600);
        Assert.Equal(">GET | <gap 5 NotCaptured | <fgh", book.Heard);
    }

    [Fact]
    public void A_quiet_capture_goes_on_by_time_alone()
    {
        var book = new Playbook().Handshake().FromServer(4, "def").FromClient(1, ack: 7).Wait(31_000).Advance();
        Assert.Equal("<gap 3 NotCaptured | <def", book.Heard);
    }
}
