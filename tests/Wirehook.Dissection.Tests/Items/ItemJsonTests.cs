using System.Buffers;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Items;

/// <summary>The JSON in UTF-8, which is written straight into the output, is that of the plain writer of text, and is JSON.</summary>
public class ItemJsonTests
{
    private static readonly double[] Numbers = [0, -0.0, 1, -1, 0.1, 1e21, 1.5e-7, 123456789012345680000d, 9007199254740993, double.NaN, double.NegativeInfinity, 5e-324, 1e300];
    private static readonly string[] Pieces = ["", "plain", "\"", "\\", "\n", "\u0001", "\u007f", "ü", "€", "😀", "\ud800", "\udc00", "\udc00\ud800", "a\tb", new string('x', 5000)];

    [Fact]
    public void Both_writers_agree_on_every_kind_of_value()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var record = new Sample(new Random(seed), depth: 3);
            var (bytes, text) = (new ArrayBufferWriter<byte>(16), new StringBuilder());
            ItemJson.Write(record, bytes);
            ItemJson.Write(record, text);
            Assert.Equal(EscapeLoneSurrogates(text.ToString()), Encoding.UTF8.GetString(bytes.WrittenSpan));
            JsonDocument.Parse(bytes.WrittenMemory).Dispose();
        }
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("http")]
    [InlineData("dns")]
    public void Both_writers_agree_on_items(string capture)
    {
        var (bytes, text) = (new ArrayBufferWriter<byte>(), new StringBuilder());
        foreach (var item in CaptureReplay.Read(Path.Combine(RepositoryFiles.Root, "samples", "captures", capture + ".pcap")).Items)
        {
            ItemJson.Write(item, bytes);
            ItemJson.Write(item, text);
        }

        Assert.Equal(text.ToString(), Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    [Fact]
    public void Unchanging_records_are_written_as_declared()
    {
        var (bytes, text) = (new ArrayBufferWriter<byte>(), new StringBuilder());
        var node = new Node("192.0.2.1", "a \"name\"");
        ItemJson.Write(node, bytes);
        ItemJson.Write(node, bytes);
        ItemJson.Write(node, text);
        Assert.Equal($"{text}{text}", Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static string EscapeLoneSurrogates(string text)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) escaped.Append(text[i++]).Append(text[i]);
            else if (char.IsSurrogate(text[i])) escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>A record of random values, in every kind that a field may have.</summary>
    private sealed class Sample : Records.Record
    {
        private readonly FieldValue[] _values;
        private readonly byte[] _bytes;

        public Sample(Random random, int depth)
        {
            _values = [.. Enumerable.Range(0, 4).Select(_ => Any(random, depth))];
            _bytes = new byte[random.Next(4) switch { 0 => 0, 1 => 1, 2 => random.Next(10), _ => random.Next(9000) }];
            random.NextBytes(_bytes);
        }

        public override RecordType Type => SampleType;

        private static RecordType SampleType { get; } = new("Sample", "Random values.",
        [
            .. Enumerable.Range(0, 4).Select(i => new Field("field" + i, "unknown", "A value.", r => ((Sample)r)._values[i], Optional: true)),
            new("bytes", "string", "Bytes.", static r => FieldValue.From(((Sample)r)._bytes is { Length: > 0 } bytes ? Convert.ToBase64String(bytes) : null), Optional: true)
            {
                Base64 = static r => ((Sample)r)._bytes,
            },
        ]);

        private static FieldValue Any(Random random, int depth) => random.Next(depth == 0 ? 5 : 8) switch
        {
            0 => FieldValue.Absent,
            1 => FieldValue.Null,
            2 => FieldValue.From(random.Next(2) == 0),
            3 => FieldValue.From(random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.NextDouble() * Math.Pow(10, random.Next(-20, 40))),
            4 => FieldValue.From(Text(random)),
            5 => FieldValue.From(new Sample(random, depth - 1)),
            6 => FieldValue.From(Map(random, random.Next(20))),
            _ => FieldValue.From((IReadOnlyList<FieldValue>)[.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, 0)).Where(v => v.Kind != FieldKind.Absent)]),
        };

        private static FieldMap Map(Random random, int count) =>
            new([.. Enumerable.Range(0, count).Select(i => Text(random) + i)], [.. Enumerable.Range(0, count).Select(i => FieldValue.From(i))]);

        private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
    }
}
