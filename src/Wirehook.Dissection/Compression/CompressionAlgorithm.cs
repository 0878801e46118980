namespace Wirehook.Dissection.Compression;

/// <summary>The compressed formats that protocols carry.</summary>
internal enum CompressionAlgorithm
{
    /// <summary>gzip (RFC 1952), members one after another.</summary>
    Gzip,

    /// <summary>zlib (RFC 1950).</summary>
    Zlib,

    /// <summary>Raw deflate (RFC 1951).</summary>
    Deflate,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli,

    /// <summary>Snappy: one raw block, or where their magic number says so, the framing format or the blocks of snappy-java.</summary>
    Snappy,

    /// <summary>One raw LZ4 block, which does not say how long its content is.</summary>
    Lz4Block,

    /// <summary>LZ4 frames.</summary>
    Lz4Frame,

    /// <summary>Zstandard frames (RFC 8878).</summary>
    Zstandard,
}
