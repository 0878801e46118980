using System.Globalization;
using System.Net;
using System.Text;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The data of resource records as text: the presentation format of each type's own RFC, the generic form of RFC 3597 §5 for the rest.</summary>
internal static class DnsData
{
    private static readonly Dictionary<DnsType, DataWriter> Writers = new()
    {
        [DnsType.Dname] = OneName,
        [DnsType.Mb] = OneName,
        [DnsType.Mg] = OneName,
        [DnsType.Mr] = OneName,
        [DnsType.Soa] = static (ref DnsDataText t) => { t.Name(); t.Name(); Numbers32(ref t, 5); },
        [DnsType.Hinfo] = static (ref DnsDataText t) => t.QuotedStrings(),
        [DnsType.Minfo] = TwoNames,
        [DnsType.Rp] = TwoNames,
        [DnsType.Mx] = PreferenceAndName,
        [DnsType.Afsdb] = PreferenceAndName,
        [DnsType.Rt] = PreferenceAndName,
        [DnsType.Kx] = PreferenceAndName,
        [DnsType.Txt] = static (ref DnsDataText t) => t.QuotedStrings(),
        [DnsType.Spf] = static (ref DnsDataText t) => t.QuotedStrings(),
        [DnsType.Srv] = static (ref DnsDataText t) => { t.Number16(); t.Number16(); t.Number16(); t.Name(); },
        [DnsType.Naptr] = Naptr,
        [DnsType.Uri] = static (ref DnsDataText t) => { t.Number16(); t.Number16(); t.QuotedRest(); },
        [DnsType.Caa] = static (ref DnsDataText t) => { t.Number8(); t.Tag(); t.QuotedRest(); },
        [DnsType.Loc] = DnsLocation.Write,
        [DnsType.Eui48] = static (ref DnsDataText t) => HardwareAddress(ref t, 6),
        [DnsType.Eui64] = static (ref DnsDataText t) => HardwareAddress(ref t, 8),
        [DnsType.Svcb] = DnsServiceBinding.Write,
        [DnsType.Https] = DnsServiceBinding.Write,
        [DnsType.Ds] = DnsSecurityData.DelegationSigner,
        [DnsType.Cds] = DnsSecurityData.DelegationSigner,
        [DnsType.Dlv] = DnsSecurityData.DelegationSigner,
        [DnsType.Ta] = DnsSecurityData.DelegationSigner,
        [DnsType.Dnskey] = DnsSecurityData.Key,
        [DnsType.Cdnskey] = DnsSecurityData.Key,
        [DnsType.Key] = DnsSecurityData.Key,
        [DnsType.Rrsig] = DnsSecurityData.Signature,
        [DnsType.Sig] = DnsSecurityData.Signature,
        [DnsType.Nsec] = static (ref DnsDataText t) => { t.Name(); t.TypeBitMap(); },
        [DnsType.Nsec3] = DnsSecurityData.Nsec3,
        [DnsType.Nsec3Param] = DnsSecurityData.Nsec3Parameters,
        [DnsType.Tlsa] = DnsSecurityData.CertificateAssociation,
        [DnsType.Smimea] = DnsSecurityData.CertificateAssociation,
        [DnsType.Sshfp] = static (ref DnsDataText t) => { t.Number8(); t.Number8(); t.HexRest(); },
        [DnsType.Cert] = static (ref DnsDataText t) => { t.Number16(); t.Number16(); t.Number8(); t.Base64Rest(); },
        [DnsType.OpenPgpKey] = static (ref DnsDataText t) => t.Base64Rest(),
        [DnsType.Dhcid] = static (ref DnsDataText t) => t.Base64Rest(),
        [DnsType.Csync] = static (ref DnsDataText t) => { t.Number32(); t.Number16(); t.TypeBitMap(); },
        [DnsType.Zonemd] = static (ref DnsDataText t) => { t.Number32(); t.Number8(); t.Number8(); t.HexRest(); },
        [DnsType.Tsig] = DnsSecurityData.TransactionSignature,
    };

    /// <summary>Writes one type's data.</summary>
    internal delegate void DataWriter(ref DnsDataText text);

    /// <summary>The record's data as text.</summary>
    public static string Format(ReadOnlySpan<byte> message, in DnsRecordEntry record)
    {
        if (Writers.TryGetValue((DnsType)record.Type, out var write))
        {
            var text = new DnsDataText(message, record.DataOffset, record.DataLength);
            write(ref text);
            if (text.Finish() is { } formatted) return formatted;
        }

        var data = message.Slice(record.DataOffset, record.DataLength);
        var length = data.Length.ToString(CultureInfo.InvariantCulture);
        return data.IsEmpty ? "\\# 0" : $"\\# {length} {Convert.ToHexString(data)}";
    }

    /// <summary>The name in the record's data behind <paramref name="skip"/> bytes, or empty where the data are malformed.</summary>
    public static string NameAt(ReadOnlySpan<byte> message, in DnsRecordEntry record, int skip = 0)
    {
        var at = record.DataOffset + skip;
        if (skip >= record.DataLength) return "";
        return DnsName.Read(message, ref at) is { } name && at <= record.DataOffset + record.DataLength ? name : "";
    }

    /// <summary>The mailbox of the person responsible for the zone: the second name of SOA data.</summary>
    public static string StartOfAuthorityMailbox(ReadOnlySpan<byte> message, in DnsRecordEntry record)
    {
        var at = record.DataOffset;
        return DnsName.TrySkip(message, ref at) ? NameAt(message, record, at - record.DataOffset) : "";
    }

    /// <summary>The address of A and AAAA data, or null.</summary>
    public static string? Address(ReadOnlySpan<byte> message, in DnsRecordEntry record)
    {
        var length = (DnsType)record.Type switch { DnsType.A => 4, DnsType.Aaaa => 16, _ => -1 };
        return record.DataLength == length ? new IPAddress(message.Slice(record.DataOffset, length)).ToString() : null;
    }

    /// <summary>The character-strings of TXT data, joined by commas, as UTF-8.</summary>
    public static string Texts(ReadOnlySpan<byte> message, in DnsRecordEntry record)
    {
        var data = message.Slice(record.DataOffset, record.DataLength);
        var joined = new StringBuilder();
        while (!data.IsEmpty)
        {
            var length = Math.Min(data[0], data.Length - 1);
            if (joined.Length > 0) joined.Append(',');
            joined.Append(DnsDataText.Text(data.Slice(1, length)));
            data = data[(1 + length)..];
        }

        return joined.ToString();
    }

    /// <summary>The target of URI data (RFC 7553 §4.4).</summary>
    public static string UriTarget(ReadOnlySpan<byte> message, in DnsRecordEntry record) =>
        record.DataLength < 4 ? "" : DnsDataText.Text(message.Slice(record.DataOffset + 4, record.DataLength - 4));

    private static void OneName(ref DnsDataText text) => text.Name();

    private static void TwoNames(ref DnsDataText text)
    {
        text.Name();
        text.Name();
    }

    private static void PreferenceAndName(ref DnsDataText text)
    {
        text.Number16();
        text.Name();
    }

    private static void Naptr(ref DnsDataText text)
    {
        text.Number16();
        text.Number16();
        text.QuotedString();
        text.QuotedString();
        text.QuotedString();
        text.Name();
    }

    private static void Numbers32(ref DnsDataText text, int count)
    {
        for (var i = 0; i < count; i++) text.Number32();
    }

    private static void HardwareAddress(ref DnsDataText text, int length)
    {
        var address = text.Take(length);
        for (var i = 0; i < address.Length; i++)
        {
            if (i > 0) text.Append("-");
            text.Append(address[i].ToString("x2", CultureInfo.InvariantCulture));
        }
    }
}
