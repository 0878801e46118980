using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>Texts of one name are joined in their order, and in time and memory that grow with them and not with their square.</summary>
public class FieldMapBuilderTests
{
    [Fact]
    public void Repeated_names_are_joined_in_order()
    {
        var map = default(FieldMapBuilder);
        map.Append("a", "1");
        map.Append("b", "x", "; ");
        map.Append("a", "2");
        map.Append("b", "y", "; ");
        map.Append("a", new string('3', 1000));
        map.Append("b", "z", "; ");
        map.Append("a", "4");
        var built = map.Build();
        Assert.Equal(["1,2," + new string('3', 1000) + ",4", "x; y; z"], [built.Find("a").AsString, built.Find("b").AsString]);
    }

    [Fact]
    public void Many_repetitions_do_not_copy_what_came_before()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var map = default(FieldMapBuilder);
        for (var i = 0; i < 20_000; i++) map.Append("a", "b");
        Assert.Equal(39_999, map.Build().Find("a").AsString.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }
}
