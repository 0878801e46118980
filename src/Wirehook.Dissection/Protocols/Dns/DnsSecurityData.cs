namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The data of DNSSEC and key records in presentation format.</summary>
internal static class DnsSecurityData
{
    /// <summary>DS, CDS, DLV, TA (RFC 4034 §5.3): key tag, algorithm, digest type, digest.</summary>
    public static void DelegationSigner(ref DnsDataText text)
    {
        text.Number16();
        text.Number8();
        text.Number8();
        text.HexRest();
    }

    /// <summary>DNSKEY, CDNSKEY, KEY (RFC 4034 §2.2): flags, protocol, algorithm, key.</summary>
    public static void Key(ref DnsDataText text)
    {
        text.Number16();
        text.Number8();
        text.Number8();
        text.Base64Rest();
    }

    /// <summary>RRSIG and SIG (RFC 4034 §3.2): type covered, algorithm, labels, original TTL, expiration, inception, key tag, signer, signature.</summary>
    public static void Signature(ref DnsDataText text)
    {
        text.TypeMnemonic();
        text.Number8();
        text.Number8();
        text.Number32();
        text.Time32();
        text.Time32();
        text.Number16();
        text.Name();
        text.Base64Rest();
    }

    /// <summary>NSEC3 (RFC 5155 §3.3): hash algorithm, flags, iterations, salt, next hashed owner, types.</summary>
    public static void Nsec3(ref DnsDataText text)
    {
        Nsec3Parameters(ref text);
        text.Base32(Length(ref text));
        text.TypeBitMap();
    }

    /// <summary>NSEC3PARAM (RFC 5155 §4.3): hash algorithm, flags, iterations, salt.</summary>
    public static void Nsec3Parameters(ref DnsDataText text)
    {
        text.Number8();
        text.Number8();
        text.Number16();
        text.Hex(Length(ref text));
    }

    /// <summary>TLSA and SMIMEA (RFC 6698 §2.2): usage, selector, matching type, data.</summary>
    public static void CertificateAssociation(ref DnsDataText text)
    {
        text.Number8();
        text.Number8();
        text.Number8();
        text.HexRest();
    }

    /// <summary>TSIG (RFC 8945 §4.2): algorithm, seconds since 1970, fudge, MAC, original id, error, other data.</summary>
    public static void TransactionSignature(ref DnsDataText text)
    {
        text.Name();
        var high = (long)text.ReadUInt16();
        var middle = (long)text.ReadUInt16();
        text.Word(((high << 32) | (middle << 16) | text.ReadUInt16()).ToString(System.Globalization.CultureInfo.InvariantCulture));
        text.Number16();
        text.Hex(text.ReadUInt16());
        text.Number16();
        text.Number16();
        text.Hex(text.ReadUInt16());
    }

    private static int Length(ref DnsDataText text) => text.Take(1) is [var length] ? length : 0;
}
