namespace Wirehook.JavaScript.Tests.Runtime;

public class RopeTests
{
    private readonly JsEngine _engine = new(new FixedHost());

    [Fact]
    public void Concatenations_in_any_order_give_the_text_that_strings_give()
    {
        var random = new Random(11);
        var values = new List<JsValue> { JsValue.From("start") };
        var texts = new List<string> { "start" };
        for (int i = 0; i < 3000; i++)
        {
            int left = random.Next(texts.Count);
            int right = random.Next(texts.Count);
            if (texts[left].Length + texts[right].Length > 20_000)
                (left, right) = (0, random.Next(texts.Count));
            values.Add(_engine.Concatenate(values[left], values[right]));
            texts.Add(texts[left] + texts[right]);
            Assert.Equal(texts[^1].Length, values[^1].StringLength);
            int check = random.Next(texts.Count);
            if (random.Next(4) == 0)
                Assert.Equal(texts[check], values[check].AsString);
        }
        for (int i = 0; i < texts.Count; i++)
            Assert.Equal(texts[i], values[i].AsString);
    }

    [Fact]
    public void Appending_is_linear_and_old_values_stay_as_they_were()
    {
        var text = JsValue.From(new string('a', 200));
        var kept = _engine.Concatenate(text, JsValue.From("b"));
        var first = _engine.Concatenate(kept, JsValue.From("c"));
        var second = _engine.Concatenate(kept, JsValue.From("d"));
        Assert.EndsWith("ab", kept.AsString, StringComparison.Ordinal);
        Assert.EndsWith("abc", first.AsString, StringComparison.Ordinal);
        Assert.EndsWith("abd", second.AsString, StringComparison.Ordinal);
        Assert.Equal("2000000", Evaluation.Script.Run(_engine, "var s = ''; for (var i = 0; i < 1000000; i++) s += 'ab'; s.length"));
        Assert.Equal("200000", Evaluation.Script.Run(_engine, "var s = ''; for (var i = 0; i < 100000; i++) s = 'ab' + s; s.length"));
    }
}
