using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Flows;

public class FlowTableTests
{
    private const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void Both_directions_of_udp_are_one_flow()
    {
        var book = new Playbook().Udp(Playbook.Client, Playbook.Server, "q").Udp(Playbook.Server, Playbook.Client, "r").Finish();
        Assert.Equal(">datagram q | <datagram r | CaptureEnded", book.Heard);
        Assert.Equal(1, book.Table.Statistics.UdpFlows);
    }

    [Fact]
    public void An_answer_captured_before_its_question_does_not_turn_the_flow_around()
    {
        var book = new Playbook().Udp(Playbook.Server, Playbook.Client, "r").Udp(Playbook.Client, Playbook.Server, "q");
        Assert.Equal("<datagram r | >datagram q", book.Heard);
        Assert.Equal(Playbook.Client, book.Flows.Single().Initiator);
    }

    [Fact]
    public void The_key_ignores_vlans_and_tells_transports_apart()
    {
        var book = new Playbook().Handshake().Tcp(Playbook.Client, Playbook.Server, 1001, 5001, TcpFlags.Ack, "a"u8, vlan: 7).Udp(Playbook.Client, Playbook.Server, "u");
        Assert.Equal(">a | #2 >datagram u", book.Heard);
    }

    [Fact]
    public void A_syn_with_another_number_is_a_new_flow_and_a_retransmitted_one_is_not()
    {
        var book = new Playbook().FromClient(0, flags: TcpFlags.Syn, ack: 0).FromClient(0, flags: TcpFlags.Syn, ack: 0).FromServer(0, flags: SynAck).FromServer(0, flags: SynAck)
            .FromClient(1, "a").FromClient(70_000, flags: TcpFlags.Syn, ack: 0).FromServer(90_000, flags: SynAck, ack: 70_001).FromClient(70_001, "b", ack: 90_001);
        Assert.Equal(">a | PortReused | #2 >b", book.Heard);
        Assert.Equal([1, 2], book.Flows.Select(f => f.Number));
    }

    [Fact]
    public void A_port_is_reused_after_finish_and_late_copies_are_not_new_flows()
    {
        var book = new Playbook().Handshake().FromClient(1, "a", FinAck).FromServer(1, "b", FinAck, 3).FromClient(3, ack: 3)
            .FromClient(0, flags: TcpFlags.Syn, ack: 0).FromServer(1, "b", FinAck, 3).FromClient(3, ack: 3);
        Assert.Single(book.Flows);
        book.FromClient(5000, flags: TcpFlags.Syn, ack: 0);
        Assert.Equal(2, book.Flows.Count);
        Assert.Equal(">a | >end | <b | <end | Finished", book.Heard);
    }

    [Fact]
    public void A_new_connection_without_handshake_is_told_from_late_data_of_a_closed_one()
    {
        var book = new Playbook().Handshake().FromClient(1, flags: FinAck).FromServer(1, flags: FinAck, ack: 2).FromClient(50_000_000, "new", ack: 70_000_000).Finish();
        Assert.Equal(">end | <end | Finished | #2 >new | #2 CaptureEnded", book.Heard);
    }

    [Fact]
    public void Late_packets_of_the_connection_before_do_not_disturb_the_new_one()
    {
        var book = new Playbook().Handshake().FromClient(1, "a", FinAck).FromClient(9000, flags: TcpFlags.Syn, ack: 0).FromServer(1, flags: FinAck, ack: 3)
            .FromClient(3, ack: 2).FromServer(9500, flags: SynAck, ack: 9001).FromClient(9001, "b", ack: 9501).FromServer(9501, "c", ack: 9002);
        Assert.Equal(">a | >end | PortReused | #2 >b | #2 <c", book.Heard);
    }

    [Fact]
    public void Several_syn_acks_answer_one_syn()
    {
        var book = new Playbook().FromClient(0, flags: TcpFlags.Syn, ack: 0).FromServer(0, flags: SynAck).FromServer(777, flags: SynAck)
            .FromClient(1, "a", ack: 778).FromServer(778, "b", ack: 2);
        Assert.Equal(">a | <b", book.Heard);
        Assert.Single(new Playbook().FromServer(0, flags: SynAck).FromServer(1, flags: SynAck).FromServer(2, flags: SynAck).Flows);
    }

    [Fact]
    public void A_reset_ends_the_flow_after_late_data()
    {
        var book = new Playbook().Handshake().FromClient(1, "a").FromServer(3, flags: TcpFlags.Rst).FromServer(1, "bc", ack: 2);
        Assert.Equal(">a | <bc", book.Heard);
        book.Pass(1500);
        Assert.Equal(">a | <bc | Reset", book.Heard);
        book.FromServer(3, "late", ack: 2);
        Assert.Single(book.Flows);
        Assert.Equal(4, book.Lost("after-end"));
    }

    [Fact]
    public void A_reset_outside_the_window_is_ignored()
    {
        var book = new Playbook().Handshake().FromServer(30_000_000, flags: TcpFlags.Rst).Pass(1500).FromClient(1, "a");
        Assert.Equal(">a", book.Heard);
        Assert.Equal(1, book.Table.Statistics.IgnoredResets);
    }

    [Fact]
    public void A_refused_connection_is_reset()
    {
        var book = new Playbook().FromClient(0, flags: TcpFlags.Syn, ack: 0).FromServer(-5000, flags: TcpFlags.Rst | TcpFlags.Ack).Finish();
        Assert.Equal("Reset", book.Heard);
    }

    [Fact]
    public void Silent_flows_expire_by_packet_time()
    {
        var options = new FlowOptions { TcpIdle = 10_000_000_000, TcpHalfOpen = 2_000_000_000, UdpIdle = 5_000_000_000 };
        var book = new Playbook(options).FromClient(0, flags: TcpFlags.Syn, ack: 0).Udp(Playbook.Client, Playbook.Server, "u");
        var open = new Endpoint(Playbook.Client.Address, 50001);
        book.Tcp(open, Playbook.Server, 1, 1, TcpFlags.Ack, "x"u8);
        book.Pass(3000);
        Assert.Equal("#2 >datagram u | #3 >x | Expired", book.Heard);
        book.Pass(3500);
        Assert.Equal("#2 >datagram u | #3 >x | Expired | #2 Expired", book.Heard);
        for (var i = 0; i < 20; i++) book.Wait(1000).Tcp(open, Playbook.Server, (uint)(2 + i), 1, TcpFlags.Ack, "y"u8);
        Assert.Equal(1, book.Table.Statistics.LiveFlows);
        book.Wait(12_000).Advance();
        Assert.Equal("#3 Expired", book.Events[^1]);
        Assert.Equal(0, book.Table.Statistics.LiveFlows);
    }

    [Fact]
    public void Time_may_run_backwards_and_jump()
    {
        var book = new Playbook().Udp(Playbook.Client, Playbook.Server, "a").Wait(-3_000_000).Udp(Playbook.Client, Playbook.Server, "b").Wait(30_000)
            .Udp(Playbook.Client, Playbook.Server, "c").Wait(9e12).Others(1).Wait(-9e12).Udp(Playbook.Client, Playbook.Server, "d");
        Assert.Equal(">datagram a | >datagram b | >datagram c | >datagram d", book.Heard);
        book.Wait(9e12).Others(40);
        Assert.Equal("Expired", book.Events[^1]);
        book.Wait(-8e12).Udp(Playbook.Client, Playbook.Server, "e").Wait(100_000).Others(40);
        Assert.Equal("#2 >datagram e | #2 Expired", string.Join(" | ", book.Events[^2..]));
    }

    [Fact]
    public void A_packet_that_the_capture_put_behind_a_long_silence_is_not_late()
    {
        var book = new Playbook().Handshake().FromServer(4, "def").Wait(3_600_000).Others(3).FromServer(1, "abc");
        Assert.Equal("<abc | <def", book.Heard);
        book.Pass(2000);
        Assert.Equal(1, book.Table.Statistics.LiveFlows);
    }

    [Fact]
    public void Without_handshake_the_lower_of_two_client_ports_is_the_service()
    {
        var (high, low) = (new Endpoint(Playbook.Client.Address, 52594), new Endpoint(Playbook.Server.Address, 35635));
        var book = new Playbook().Tcp(low, high, 1, 1, TcpFlags.Ack, "r"u8).Finish();
        Assert.Equal((high, low), (book.Flows[0].Initiator, book.Flows[0].Responder));
        Assert.Equal("<r | CaptureEnded", book.Heard);
    }

    [Fact]
    public void A_full_table_forgets_closed_flows_then_unanswered_ones_then_the_least_used()
    {
        var book = new Playbook(new FlowOptions { MaximumFlows = 3 });
        Endpoint Port(int n) => new(Playbook.Client.Address, (ushort)(40000 + n));
        book.Tcp(Port(1), Playbook.Server, 1, 1, TcpFlags.Ack, "a"u8).Tcp(Port(1), Playbook.Server, 2, 1, FinAck, []).Tcp(Playbook.Server, Port(1), 1, 3, FinAck, []);
        book.Pass(500);
        book.Tcp(Port(2), Playbook.Server, 1, 1, TcpFlags.Syn, []).Wait(2000).Udp(Port(3), Playbook.Server, "u");
        book.Udp(Port(4), Playbook.Server, "v").Wait(2000);
        Assert.Equal(">a | >end | <end | Finished | #3 >datagram u | #4 >datagram v", book.Heard);
        book.Udp(Port(5), Playbook.Server, "w").Wait(2000).Udp(Port(3), Playbook.Server, "u");
        Assert.Equal("#2 Evicted | #5 >datagram w | #3 >datagram u", string.Join(" | ", book.Events[^3..]));
        book.Udp(Port(6), Playbook.Server, "x");
        Assert.Equal("#4 Evicted | #6 >datagram x", string.Join(" | ", book.Events[^2..]));
        Assert.Equal(2, book.Lost("table-full"));
        Assert.Equal(3, book.Table.Statistics.LiveFlows);
    }

    [Fact]
    public void Nothing_is_held_for_a_flow_that_nobody_follows()
    {
        var book = new Playbook { Follow = false }.Handshake().FromServer(50, "abc").FromClient(9, "x").Others(300);
        Assert.Equal(0, book.Table.Statistics.BufferedBytesPeak);
        Assert.Equal(5, book.Table.Statistics.UnfollowedPackets);
        book.FromClient(10, flags: FinAck).FromServer(53, flags: FinAck);
        Assert.Equal(0, book.Table.Statistics.LiveFlows);
    }

    [Fact]
    public void Finish_ends_flows_in_order_of_their_numbers_and_leaves_the_table_usable()
    {
        var book = new Playbook();
        for (var i = 0; i < 5000; i++) book.Udp(new Endpoint(Playbook.Client.Address, (ushort)(40000 + i)), Playbook.Server, "");
        book.Events.Clear();
        book.Finish();
        Assert.Equal(Enumerable.Range(1, 5000).Select(n => n == 1 ? "CaptureEnded" : $"#{n} CaptureEnded"), book.Events);
        book.Udp(Playbook.Client, Playbook.Server, "again");
        Assert.Equal("#5001 >datagram again", book.Events[^1]);
    }

    [Fact]
    public void A_flow_whose_end_waited_behind_a_gap_finishes_with_the_capture()
    {
        var book = new Playbook().Handshake().FromClient(1, flags: FinAck).FromServer(3, flags: FinAck, ack: 2).Finish();
        Assert.Equal(">end | <gap 2 NotCaptured | <end | Finished", book.Heard);
    }

    [Fact]
    public void Only_so_many_closed_flows_are_remembered()
    {
        var book = new Playbook();
        for (var i = 0; i < 40_000; i++)
        {
            var client = new Endpoint(new IpAddress(9, (ulong)i), 40000);
            book.Tcp(client, Playbook.Server, 1, 1, TcpFlags.Syn, []).Tcp(Playbook.Server, client, 1, 2, SynAck, []).Tcp(client, Playbook.Server, 2, 2, FinAck, [])
                .Tcp(Playbook.Server, client, 2, 3, FinAck, []).Tcp(client, Playbook.Server, 3, 3, TcpFlags.Ack, []);
        }

        Assert.Equal((40_000, 0), (book.Table.Statistics.TcpFlows, book.Table.Statistics.LiveFlows));
        book.Tcp(new Endpoint(new IpAddress(9, 39_000), 40000), Playbook.Server, 3, 3, TcpFlags.Ack, []);
        Assert.Equal(40_000, book.Table.Statistics.TcpFlows);
        book.Tcp(new Endpoint(new IpAddress(9, 0), 40000), Playbook.Server, 3, 3, TcpFlags.Ack, []);
        Assert.Equal(40_001, book.Table.Statistics.TcpFlows);
    }

    [Fact]
    public void A_side_that_only_acknowledges_settles_too()
    {
        var book = new Playbook().FromServer(100, "a", ack: 50).FromClient(50, ack: 101).Others(20).Wait(200).FromClient(49, ack: 101).FromServer(101, "b", ack: 50)
            .FromClient(50, ack: 102).FromClient(53, "d", ack: 102).FromServer(102, ack: 54).Others(300);
        Assert.Equal("<a | <b | >gap 3 NotCaptured | >d", book.Heard);
    }
}
