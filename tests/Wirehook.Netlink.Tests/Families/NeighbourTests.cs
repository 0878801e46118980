using static Wirehook.Netlink.Tests.Families.KernelMessages;

namespace Wirehook.Netlink.Tests.Families;

public sealed class NeighbourTests
{
    [Theory]
    [InlineData(0x02, "REACHABLE")]
    [InlineData(0x80, "PERMANENT")]
    [InlineData(0xC0, "PERMANENT")]
    [InlineData(0x40, "NOARP")]
    [InlineData(0x00, "NONE")]
    public void State_has_a_name_even_where_the_kernel_sets_two_bits(byte state, string name)
    {
        // struct ndmsg of an entry that a device keeps for itself (bridge fdb add … self): family, interface 3, state, NTF_SELF.
        byte[] entry = [7, 0, 0, 0, 3, 0, 0, 0, state, 0, 2, 0];
        var e = Assert.Single(EventsOf(0, Bytes.Message(28, Bytes.Join(entry, Bytes.Attribute(2, 2, 0, 0, 0, 0, 0xAA)))));
        Assert.Equal(["neigh.added", name, $"{state}", "02:00:00:00:00:aa"], [e.Event, .. Read(e, "neigh.state", "neigh.nud", "neigh.lladdr")]);
    }
}
