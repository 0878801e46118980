namespace Wirehook.JavaScript.Tests.Runtime;

public class ObjectModelTests
{
    private readonly JsEngine _engine = new(new FixedHost());

    [Fact]
    public void Properties_are_read_written_and_deleted()
    {
        var o = _engine.NewObject();
        o.Set("a", JsValue.From(1));
        o.Set("b", JsValue.From("two"));
        Assert.Equal(1, o.Get("a").AsNumber);
        Assert.Equal("two", o.Get("b").AsString);
        Assert.True(o.Delete("a"));
        Assert.True(o.Get("a").IsUndefined);
        Assert.Equal("two", o.Get("b").AsString);
    }

    [Fact]
    public void Keys_come_as_indices_ascending_then_names_by_creation()
    {
        var o = _engine.NewObject();
        foreach (var name in new[] { "z", "10", "a", "2", "01" })
            o.Set(name, JsValue.From(name));
        var keys = new List<PropertyKey>();
        o.CollectOwnKeys(keys);
        Assert.Equal(["2", "10", "z", "a", "01"], keys.Select(k => k.ToString()));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("4294967294", true)]
    [InlineData("4294967295", false)]
    [InlineData("4294967296", false)]
    [InlineData("01", false)]
    [InlineData("1a", false)]
    [InlineData("", false)]
    public void A_key_is_an_index_only_in_canonical_form(string name, bool isIndex)
    {
        var key = new PropertyKey(name);
        Assert.Equal(isIndex, key.IsIndex);
        Assert.Equal(name, key.ToString());
    }

    [Fact]
    public void A_read_only_property_refuses_assignment_and_redefinition()
    {
        var o = _engine.NewObject();
        o.DefineData("x", JsValue.From(1), PropertyAttributes.Enumerable);
        Assert.False(o.TrySet("x", JsValue.From(2)));
        Assert.False(o.Delete("x"));
        Assert.False(o.DefineOwnProperty("x", PropertyDescriptor.Data(JsValue.From(2))));
        Assert.True(o.DefineOwnProperty("x", PropertyDescriptor.Data(JsValue.From(1), PropertyAttributes.Enumerable)));
        var thrown = Assert.Throws<JsException>(() => o.Set("x", JsValue.From(2)));
        Assert.Contains("read only", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_and_deleted_properties_keep_their_values()
    {
        var random = new Random(7);
        var o = _engine.NewObject();
        var twin = new Dictionary<string, double>();
        for (int i = 0; i < 5000; i++)
        {
            string name = "k" + random.Next(200);
            if (random.Next(3) == 0)
            {
                Assert.True(o.Delete(name));
                twin.Remove(name);
            }
            else
            {
                o.Set(name, JsValue.From(i));
                twin[name] = i;
            }
        }
        var keys = new List<PropertyKey>();
        o.CollectOwnKeys(keys);
        Assert.Equal(twin.Keys.Order(), keys.Select(k => k.ToString()).Order());
        foreach (var (name, value) in twin)
            Assert.Equal(value, o.Get(name).AsNumber);
    }

    [Fact]
    public void Array_length_follows_elements_and_truncates()
    {
        var a = _engine.NewArray([JsValue.From(1), JsValue.From(2)]);
        a.Set("5", JsValue.From(6));
        Assert.Equal(6u, a.Length);
        Assert.False(a.HasOwnProperty("3"));
        a.Set("length", JsValue.From(1));
        Assert.Equal(1u, a.Length);
        Assert.True(a.Get(1).IsUndefined);
        Assert.Throws<JsException>(() => a.Set("length", JsValue.From(1.5)));
    }

    [Fact]
    public void A_far_index_makes_the_array_sparse_not_large()
    {
        var a = _engine.NewArray(default);
        a.Set("4000000000", JsValue.From(1));
        Assert.Equal(4000000001u, a.Length);
        a.Set("7", JsValue.From(2));
        var keys = new List<PropertyKey>();
        a.CollectOwnKeys(keys);
        Assert.Equal(["7", "4000000000", "length"], keys.Select(k => k.ToString()));
        a.Set("length", JsValue.From(8));
        Assert.Equal(2, a.Get(7).AsNumber);
        Assert.True(a.Get(4000000000).IsUndefined);
    }

    [Fact]
    public void A_fixed_element_stops_truncation()
    {
        var a = _engine.NewArray([JsValue.From(0), JsValue.From(1), JsValue.From(2), JsValue.From(3)]);
        a.DefineData("1", JsValue.From(9), PropertyAttributes.Writable);
        Assert.False(a.TrySet("length", JsValue.From(0)));
        Assert.Equal(2u, a.Length);
    }
}
