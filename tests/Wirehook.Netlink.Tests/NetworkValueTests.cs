using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.Netlink.Tests;

public sealed class NetworkValueTests
{
    private static readonly IpAddress Ten = IpAddress.FromIPv4([10, 0, 0, 0]);

    [Fact]
    public void Values_print_as_people_write_them()
    {
        Assert.Equal(
            ["", "-3", "true", "eth0", "10.0.0.0", "10.0.0.0/8", "::ffff:10.0.0.0/104", "a,b"],
            new[]
            {
                NetworkValue.Absent, NetworkValue.From(-3), NetworkValue.From(true), NetworkValue.From("eth0"), NetworkValue.From((IpAddress?)Ten),
                NetworkValue.From(Ten, 8), NetworkValue.From(Ten, 104), NetworkValue.From(["a", "b"]),
            }.Select(v => v.ToString()));
    }

    [Fact]
    public void Equality_is_by_content_and_kind()
    {
        Assert.Equal(NetworkValue.From(["a", "b"]), NetworkValue.From(["a", "b"]));
        Assert.NotEqual(NetworkValue.From(Ten, 8), NetworkValue.From(Ten, 16));
        Assert.NotEqual(NetworkValue.From(1), NetworkValue.From(true));
        Assert.Equal(NetworkValue.Absent, NetworkValue.From((string?)null));
    }
}
