namespace Wirehook.Dissection.Compression;

/// <summary>How far decompression came.</summary>
internal enum DecompressionStatus
{
    /// <summary>To the end.</summary>
    Whole,

    /// <summary>To the limit: there is more.</summary>
    Cut,

    /// <summary>To where the input is damaged or ends too early.</summary>
    Invalid,

    /// <summary>Nowhere: the decoder is not installed.</summary>
    Unavailable,
}

/// <summary>What came out of decompression.</summary>
/// <param name="Data">The content, as far as it could be decoded and the limit allows.</param>
/// <param name="Status">How far that is.</param>
internal readonly record struct DecompressionResult(ReadOnlyMemory<byte> Data, DecompressionStatus Status)
{
    /// <summary>Whether <see cref="Data"/> is all of the content.</summary>
    public bool IsWhole => Status == DecompressionStatus.Whole;

    /// <summary>A sentence for people on what is missing, or null where nothing is.</summary>
    public string? Problem => Status switch
    {
        DecompressionStatus.Whole => null,
        DecompressionStatus.Cut => "The content is larger than what is decompressed of one message.",
        DecompressionStatus.Unavailable => "libzstd.so.1 is not installed (Debian package libzstd1), so Zstandard content stays compressed.",
        _ => "The compressed content is damaged.",
    };
}
