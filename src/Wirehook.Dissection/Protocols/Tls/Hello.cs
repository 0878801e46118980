using System.Buffers.Binary;
using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>A kept ClientHello or ServerHello: its bytes, with what decryption and fields ask of it.</summary>
/// <param name="bytes">The message without its header.</param>
/// <param name="layout">Where its parts are.</param>
internal sealed class Hello(ReadOnlyMemory<byte> bytes, HelloLayout layout)
{
    /// <summary>The random that makes a ServerHello a HelloRetryRequest (RFC 8446 §4.1.3).</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>The message without its header.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.Span;

    /// <summary>The version field of the message itself.</summary>
    public ushort LegacyVersion => HelloLayout.LegacyVersion(Bytes);

    /// <summary>The random bytes.</summary>
    public ReadOnlySpan<byte> Random => HelloLayout.Random(Bytes);

    /// <summary>What key logs call the connection by; of a ClientHello.</summary>
    public ClientRandom ClientRandom => ClientRandom.From(Random);

    /// <summary>The session id.</summary>
    public ReadOnlySpan<byte> SessionId => Bytes[layout.SessionId];

    /// <summary>The cipher suites, two bytes each.</summary>
    public ReadOnlySpan<byte> Suites => Bytes[layout.Suites];

    /// <summary>The compression methods, a byte each.</summary>
    public ReadOnlySpan<byte> Compression => Bytes[layout.Compression];

    /// <summary>The extensions.</summary>
    public ReadOnlySpan<byte> Extensions => Bytes[layout.Extensions];

    /// <summary>The one suite of a ServerHello.</summary>
    public ushort Suite => BinaryPrimitives.ReadUInt16BigEndian(Suites);

    /// <summary>Whether a ServerHello asks for another ClientHello.</summary>
    public bool IsRetryRequest => Random.SequenceEqual(RetryRandom);

    /// <summary>The version that a ServerHello chose.</summary>
    public ushort ChosenVersion =>
        TryFind(ExtensionType.SupportedVersions, out var version) && version.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(version) : LegacyVersion;

    /// <summary>Whether the extension is there.</summary>
    public bool Has(ushort extension) => TryFind(extension, out _);

    /// <summary>The data of an extension.</summary>
    public bool TryFind(ushort extension, out ReadOnlySpan<byte> data) => ExtensionReader.TryFind(Extensions, extension, out data);
}
