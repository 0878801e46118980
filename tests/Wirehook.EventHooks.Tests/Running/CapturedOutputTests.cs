using System.Text;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

public sealed class CapturedOutputTests
{
    [Fact]
    public void Head_and_tail_are_kept_whatever_the_pieces()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 2000; round++)
        {
            var limit = random.Next(0, 40);
            var text = new byte[random.Next(0, 200)];
            for (var i = 0; i < text.Length; i++) text[i] = (byte)random.Next('a', 'z' + 1);
            var output = new CapturedOutput(limit);
            for (var at = 0; at < text.Length;)
            {
                var piece = random.Next(0, Math.Min(90, text.Length - at) + 1);
                output.Add(text.AsSpan(at, piece));
                at += piece;
            }
            Assert.Equal(text.Length, output.TotalBytes);
            Assert.Equal(Expected(Encoding.ASCII.GetString(text), limit), output.ToString());
        }
    }

    [Fact]
    public void A_character_across_head_and_tail_stays_whole()
    {
        var output = new CapturedOutput(4);
        output.Add("abcö€"u8);
        Assert.Equal("abcö€", output.ToString());
    }

    [Fact]
    public void What_is_not_text_is_replaced()
    {
        var output = new CapturedOutput(16);
        output.Add([0x61, 0xFF, 0x62]);
        Assert.Equal("a\uFFFDb", output.ToString());
    }

    private static string Expected(string text, int limit) =>
        text.Length <= 2 * limit ? text : text[..limit] + $"\n[… {text.Length - 2 * limit} bytes left out …]\n" + text[^limit..];
}
