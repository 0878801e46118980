using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Numbers of the extensions that are read (IANA, TLS ExtensionType).</summary>
internal static class ExtensionType
{
    public const ushort ServerName = 0;
    public const ushort SupportedGroups = 10;
    public const ushort PointFormats = 11;
    public const ushort SignatureAlgorithms = 13;
    public const ushort ApplicationProtocols = 16;
    public const ushort EncryptThenMac = 22;
    public const ushort ExtendedMasterSecret = 23;
    public const ushort SessionTicket = 35;
    public const ushort PreSharedKey = 41;
    public const ushort EarlyData = 42;
    public const ushort SupportedVersions = 43;
    public const ushort KeyShare = 51;
    public const ushort EncryptedClientHello = 0xFE0D;
    public const ushort EncryptedServerName = 0xFFCE;
    public const ushort NextProtocolNegotiation = 13172;
}

/// <summary>Walks a list of extensions, as far as it is well formed.</summary>
/// <param name="extensions">The extensions, without the length of their list.</param>
internal ref struct ExtensionReader(ReadOnlySpan<byte> extensions)
{
    private ReadOnlySpan<byte> _rest = extensions;

    /// <summary>The next extension.</summary>
    public bool TryRead(out ushort type, out ReadOnlySpan<byte> data)
    {
        type = 0;
        data = default;
        if (_rest.Length < 4) return false;
        type = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        int length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
        if (length > _rest.Length - 4) return false;
        data = _rest.Slice(4, length);
        _rest = _rest[(4 + length)..];
        return true;
    }

    /// <summary>The data of the extension <paramref name="type"/>. False where there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> extensions, ushort type, out ReadOnlySpan<byte> data)
    {
        var reader = new ExtensionReader(extensions);
        while (reader.TryRead(out var found, out data))
        {
            if (found == type) return true;
        }

        return false;
    }
}
