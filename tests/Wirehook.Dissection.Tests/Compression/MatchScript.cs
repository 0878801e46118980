using System.Buffers.Binary;

namespace Wirehook.Dissection.Tests.Compression;

/// <summary>Random literals and matches with the bytes that they stand for, written as Snappy and LZ4 blocks: an encoder that knows what a decoder has to give.</summary>
internal sealed class MatchScript
{
    private readonly List<(byte[] Literal, int Distance, int Length)> _steps = [];

    public List<byte> Content { get; } = [];

    /// <summary>Steps whose matches point back to at most <paramref name="window"/> bytes, those of <paramref name="before"/> included.</summary>
    public static MatchScript Random(Random random, int steps, int window, List<byte>? before = null)
    {
        var script = new MatchScript();
        var all = before is null ? [] : new List<byte>(before);
        var start = all.Count;
        for (var i = 0; i < steps; i++)
        {
            var literal = new byte[random.Next(4) == 0 ? random.Next(400) : random.Next(1, 20)];
            random.NextBytes(literal);
            all.AddRange(literal);
            if (all.Count == 0) continue;
            var distance = random.Next(1, Math.Min(window, all.Count) + 1);
            var length = random.Next(4) == 0 ? random.Next(4, 600) : random.Next(4, 12);
            for (var j = 0; j < length; j++) all.Add(all[^distance]);
            script._steps.Add((literal, distance, length));
        }

        script.Content.AddRange(all[start..]);
        return script;
    }

    public byte[] ToSnappy()
    {
        var output = new List<byte>();
        for (var rest = (uint)Content.Count; ; rest >>= 7)
        {
            output.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80) break;
        }

        foreach (var (literal, distance, length) in _steps)
        {
            if (literal.Length > 0) AddSnappyLiteral(output, literal);
            for (var rest = length; rest > 0; rest -= Math.Min(rest, 64)) AddSnappyCopy(output, distance, Math.Min(rest, 64));
        }

        return [.. output];
    }

    public byte[] ToLz4(byte[] end)
    {
        var output = new List<byte>();
        foreach (var (literal, distance, length) in _steps)
        {
            output.Add((byte)((Math.Min(literal.Length, 15) << 4) | Math.Min(length - 4, 15)));
            AddLz4Length(output, literal.Length);
            output.AddRange(literal);
            output.AddRange([(byte)distance, (byte)(distance >> 8)]);
            AddLz4Length(output, length - 4);
        }

        output.Add((byte)(Math.Min(end.Length, 15) << 4));
        AddLz4Length(output, end.Length);
        output.AddRange(end);
        Content.AddRange(end);
        return [.. output];
    }

    private static void AddSnappyLiteral(List<byte> output, byte[] literal)
    {
        var length = literal.Length - 1;
        if (length < 60) output.Add((byte)(length << 2));
        else if (length < 256) output.AddRange([60 << 2, (byte)length]);
        else output.AddRange([61 << 2, (byte)length, (byte)(length >> 8)]);
        output.AddRange(literal);
    }

    private static void AddSnappyCopy(List<byte> output, int distance, int length)
    {
        if (length is >= 4 and <= 11 && distance < 2048) output.AddRange([(byte)(1 | ((length - 4) << 2) | ((distance >> 8) << 5)), (byte)distance]);
        else if (distance < 65536) output.AddRange([(byte)(2 | ((length - 1) << 2)), (byte)distance, (byte)(distance >> 8)]);
        else
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, distance);
            output.Add((byte)(3 | ((length - 1) << 2)));
            output.AddRange(bytes);
        }
    }

    private static void AddLz4Length(List<byte> output, int length)
    {
        if (length < 15) return;
        for (length -= 15; length >= 255; length -= 255) output.Add(255);
        output.Add((byte)length);
    }
}
