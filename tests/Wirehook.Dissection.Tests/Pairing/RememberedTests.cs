using System.Globalization;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Pairing;

/// <summary>What connections remember is bounded, forgets the oldest first, and lets go when memory runs out.</summary>
public class RememberedTests : IItemSink
{
    private readonly DissectionEngine _engine;
    private readonly Remembered<int, string> _remembered;

    public RememberedTests()
    {
        _engine = new DissectionEngine(new DissectionOptions { MemoryLimit = 4 << 20 }, new LossLedger(), this);
        var flow = new Flow(1, TransportProtocol.Tcp, default, default, default);
        _remembered = new Remembered<int, string>(new FlowContext(flow, _engine));
    }

    void IItemSink.OnItem(Item item)
    {
    }

    [Fact]
    public void The_oldest_of_many_is_forgotten()
    {
        for (var i = 0; i < 1500; i++) _remembered.Set(i, i.ToString(CultureInfo.InvariantCulture), 10);
        Assert.Equal(1024, _remembered.Count);
        Assert.Null(_remembered.Find(475));
        Assert.Equal("476", _remembered.Find(476));
    }

    [Fact]
    public void What_is_set_anew_again_and_again_takes_no_room()
    {
        _remembered.Set(1, "first", 10);
        for (var i = 0; i < 10_000; i++) _remembered.Set(2, "again", 10);
        for (var i = 3; i < 1026; i++) _remembered.Set(i, "more", 10);
        Assert.Null(_remembered.Find(1));
        Assert.Equal("again", _remembered.Find(2));
        Assert.Equal(1024, _remembered.Count);
    }

    [Fact]
    public void Bytes_are_bounded_and_accounted()
    {
        for (var i = 0; i < 100; i++) _remembered.Set(i, "x", 100_000);
        Assert.InRange(_engine.Memory.Bytes, 900_000, 1 << 21);
        _remembered.Set(1000, "y", 5);
        _remembered.Set(1000, "z", 5);
        Assert.Equal("z", _remembered.Find(1000));
        _remembered.Clear();
        Assert.Equal(0, _engine.Memory.Bytes);
    }

    [Fact]
    public void Everything_is_forgotten_when_memory_runs_out()
    {
        _remembered.Set(1, "x", 1000);
        _remembered.Release(default);
        Assert.Equal((0, 0L), (_remembered.Count, _engine.Memory.Bytes));
        Assert.Null(_remembered.Find(1));
    }

    [Fact]
    public void Pieces_that_lie_side_by_side_become_one()
    {
        var (arena, pieces) = (new ByteArena(), default(KeptPieces));
        for (byte i = 0; i < 10; i++)
        {
            pieces.Add(arena.Keep([i, i]));
            if (i == 4) arena.Keep([99]);
        }

        Assert.Equal((2, 20), (pieces.Count, pieces.Length));
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], pieces[0].ToArray());
        Assert.Equal([5, 5, 6, 6, 7, 7, 8, 8, 9, 9], pieces[1].ToArray());
    }
}
