namespace Wirehook.Packets.Decoding;

/// <summary>The rest of a frame from the layer that is read next.</summary>
internal ref struct FrameCursor
{
    /// <summary>The captured bytes of the rest.</summary>
    public ReadOnlySpan<byte> Bytes;

    /// <summary>The rest's length on the wire; never less than captured.</summary>
    public int WireLength;

    /// <summary>Layers read so far.</summary>
    public int Depth;

    /// <summary>When the frame was captured.</summary>
    public Timestamp Time;

    /// <summary>A cursor at a frame's first byte.</summary>
    public FrameCursor(ReadOnlySpan<byte> frame, int wireLength, Timestamp time)
    {
        Bytes = frame;
        (WireLength, Time) = (Math.Max(wireLength, frame.Length), time);
    }

    /// <summary>Passes over <paramref name="count"/> captured bytes.</summary>
    public void Skip(int count)
    {
        Bytes = Bytes[count..];
        WireLength -= count;
    }

    /// <summary>Cuts the rest to <paramref name="wireLength"/> bytes, which a header says are all: what follows is padding or a trailer.</summary>
    public void Trim(int wireLength)
    {
        if (wireLength >= WireLength) return;
        WireLength = wireLength;
        if (Bytes.Length > wireLength) Bytes = Bytes[..wireLength];
    }

    /// <summary>The outcome where a header of <paramref name="needed"/> bytes is not there: cut by the snap length, or never sent.</summary>
    public readonly Layer Missing(int needed) => WireLength >= needed ? Layer.Cut : Layer.Malformed;
}
