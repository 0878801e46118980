using System.Buffers;
using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>The header of a message, which the specification calls frame up to version 4 and envelope from version 5 on.</summary>
/// <param name="Version">The protocol's version: 3 to 5, or 0x41 and 0x42 for those of DataStax.</param>
/// <param name="IsResponse">Whether the server sends it.</param>
/// <param name="Flags">What holds for the body.</param>
/// <param name="Stream">The number that pairs a response with its request; negative for what the server sends of its own accord.</param>
/// <param name="Opcode">What it is.</param>
/// <param name="Length">Bytes of the body.</param>
internal readonly record struct CassandraFrame(byte Version, bool IsResponse, byte Flags, short Stream, byte Opcode, int Length)
{
    /// <summary>Version, flags, stream, opcode and length.</summary>
    public const int HeaderLength = 9;

    /// <summary>Weight from which bytes are believed on a port of the protocol, and behind a gap.</summary>
    public const int Strong = 2;

    /// <summary>Weight from which bytes are believed on any port.</summary>
    public const int Unmistakable = 4;

    /// <summary>The flag of a compressed body.</summary>
    public const byte Compressed = 0x01;

    /// <summary>The flag of a body that begins with a tracing id.</summary>
    public const byte Tracing = 0x02;

    /// <summary>The flag of a custom payload.</summary>
    public const byte CustomPayload = 0x04;

    /// <summary>The flag of warnings.</summary>
    public const byte Warning = 0x08;

    private const byte KnownFlags = 0x1f;
    private const byte ResponseBit = 0x80;
    private const int Enough = 8;
    private const int LongestBody = 256 << 20;
    private static readonly SearchValues<byte> Unprintable = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    /// <summary>Bytes of the whole message.</summary>
    public int Size => HeaderLength + Length;

    /// <summary>Reads the header at the front of <paramref name="data"/>. False where it is none, or its side does not send such a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, bool server, out CassandraFrame frame)
    {
        frame = default;
        if (data.Length < HeaderLength) return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(data[5..]);
        frame = new CassandraFrame((byte)(data[0] & ~ResponseBit), (data[0] & ResponseBit) != 0, data[1], BinaryPrimitives.ReadInt16BigEndian(data[2..]), data[4], length);
        return MayStart(data[0], server) && data[1] <= KnownFlags && CassandraOpcodes.IsKnown(data[4], server) && length is >= 0 and <= LongestBody
            && (frame.Stream >= 0 || frame.Opcode == CassandraOpcodes.Event || (server && frame.Opcode == CassandraOpcodes.Error));
    }

    /// <summary>Whether a message of a side may begin with a byte: versions 3 to 5, and the two of DataStax that extend 4 and 5.</summary>
    public static bool MayStart(byte first, bool server) => (first & ResponseBit) != 0 == server && (first & ~ResponseBit) is (>= 3 and <= 5) or 0x41 or 0x42;

    /// <summary>The weight of the messages that <paramref name="data"/> begins with; -1 where one does not fit.</summary>
    /// <param name="data">Bytes of one side, from the start of a message.</param>
    /// <param name="server">Which side.</param>
    /// <param name="incomplete">Whether the bytes end within a message before the weight is decisive.</param>
    public static int Weigh(ReadOnlySpan<byte> data, bool server, out bool incomplete)
    {
        incomplete = false;
        var weight = 0;
        while (!data.IsEmpty && weight < Enough)
        {
            incomplete = data.Length < HeaderLength;
            if (incomplete) return MayStart(data[0], server) ? weight : -1;
            if (!TryRead(data, server, out var frame)) return -1;
            var body = data[HeaderLength..Math.Min(data.Length, frame.Size)];
            incomplete = body.Length < frame.Length;
            var fit = Fit(frame, body, whole: !incomplete);
            if (fit < 0 || incomplete) return fit < 0 ? -1 : weight;
            weight += fit;
            data = data[frame.Size..];
        }

        return weight;
    }

    private static int Fit(in CassandraFrame frame, ReadOnlySpan<byte> body, bool whole)
    {
        if ((frame.Flags & ~Compressed) != 0) return 1;
        if ((frame.Flags & Compressed) != 0) return frame.Length > 4 ? 2 : -1;
        var cursor = new CassandraCursor(body);
        var fit = FitBody(frame, ref cursor);
        if (cursor.Failed) return whole ? -1 : 0;
        return fit;
    }

    private static int FitBody(in CassandraFrame frame, ref CassandraCursor cursor)
    {
        switch (frame.Opcode)
        {
            case CassandraOpcodes.Startup:
                return cursor.ReadShort() is > 0 and < 32 && cursor.ReadShortBytes() is { Length: > 3 } name && !name.ContainsAny(Unprintable) ? Unmistakable : -1;
            case CassandraOpcodes.Options or CassandraOpcodes.Ready:
                return frame.Length == 0 ? 2 : -1;
            case CassandraOpcodes.Query or CassandraOpcodes.Prepare:
                return cursor.ReadLongString() is { Length: > 2 } text && !text.ContainsAny(Unprintable) ? Unmistakable : -1;
            case CassandraOpcodes.Execute:
                return cursor.ReadShortBytes() is { Length: > 3 and < 65 } ? 3 : -1;
            case CassandraOpcodes.Batch:
                return cursor.ReadByte() <= 2 && cursor.ReadShort() is > 0 and < 8192 && cursor.ReadByte() <= 1 ? 3 : -1;
            case CassandraOpcodes.Register or CassandraOpcodes.Supported:
                return cursor.ReadShort() is > 0 and < 32 && cursor.ReadShortBytes() is { Length: > 5 } kind && !kind.ContainsAny(Unprintable) ? Unmistakable : -1;
            case CassandraOpcodes.Authenticate or CassandraOpcodes.Event:
                return cursor.ReadShortBytes() is { Length: > 5 } word && !word.ContainsAny(Unprintable) ? Unmistakable : -1;
            case CassandraOpcodes.Error:
                return CassandraErrors.IsKnown(cursor.ReadInt()) && !cursor.ReadShortBytes().ContainsAny(Unprintable) ? Unmistakable : -1;
            case CassandraOpcodes.Result:
                return FitResult(frame, ref cursor);
            default:
                return cursor.ReadInt() is var length && length <= frame.Length - 4 ? 2 : -1;
        }
    }

    private static int FitResult(in CassandraFrame frame, ref CassandraCursor cursor)
    {
        switch (cursor.ReadInt())
        {
            case 1:
                return frame.Length == 4 ? 3 : -1;
            case 2:
                return cursor.ReadInt() is >= 0 and < 64 && cursor.ReadInt() is >= 0 and < 65_536 ? 3 : -1;
            case 3 or 5:
                return cursor.ReadShortBytes() is { Length: > 0 } name && !name.ContainsAny(Unprintable) ? Unmistakable : -1;
            case 4:
                return cursor.ReadShortBytes() is { Length: > 3 and < 65 } ? 3 : -1;
            default:
                return -1;
        }
    }
}
