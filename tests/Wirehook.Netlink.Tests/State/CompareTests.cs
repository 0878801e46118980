using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Tests.State;

public class CompareTests
{
    /// <summary>Families may compare faster than field by field, but must find the same.</summary>
    [Fact]
    public void Quick_comparisons_agree_with_comparing_every_field()
    {
        var random = new Random(7);
        var messages = Mutations.Transcript();
        var compared = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var message = messages[random.Next(messages.Count)];
            if (Mutations.Decode(message) is not { } first || Mutations.Decode(Mutations.Mutate(random, message)) is not { } second) continue;
            if (first.Family != second.Family) continue;
            compared++;
            Assert.Equal(ByField(first, second), first.Family.Compare(first, second));
            if (first.IsSameObject(second)) Assert.Equal(first.IdentityHash, second.IdentityHash);
            Assert.Equal(first.IsSameObject(second), second.IsSameObject(first));
        }

        Assert.InRange(compared, 10_000, 60_000);
    }

    private static ulong ByField(NetlinkObject current, NetlinkObject previous)
    {
        var changed = 0UL;
        for (var i = 0; i < current.Family.Fields.Count; i++)
        {
            var field = current.Family.Fields[i];
            if (field.IsState && field.Get(current) != field.Get(previous)) changed |= 1UL << i;
        }

        return changed;
    }
}
