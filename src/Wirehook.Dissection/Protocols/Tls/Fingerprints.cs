using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Fingerprints of hellos: JA3 and JA3S (salesforce/ja3), JA4 of clients (FoxIO-LLC/ja4, technical details).</summary>
internal static class Fingerprints
{
    private const int MostCounted = 99;
    private const string NoHash = "000000000000";

    /// <summary>The text whose MD5 is a client's JA3.</summary>
    public static string Ja3(Hello hello)
    {
        hello.TryFind(ExtensionType.SupportedGroups, out var groups);
        hello.TryFind(ExtensionType.PointFormats, out var formats);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{hello.LegacyVersion},");
        AppendNumbers(text, hello.Suites);
        AppendExtensions(text.Append(','), hello.Extensions, includeGrease: false);
        AppendNumbers(text.Append(','), TlsList.Behind16(groups));
        text.Append(',');
        foreach (var format in TlsList.Behind8(formats)) text.Append(CultureInfo.InvariantCulture, $"{(text[^1] == ',' ? "" : "-")}{format}");
        return text.ToString();
    }

    /// <summary>The text whose MD5 is a server's JA3S.</summary>
    public static string Ja3S(Hello hello)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{hello.LegacyVersion},{hello.Suite},");
        AppendExtensions(text, hello.Extensions, includeGrease: true);
        return text.ToString();
    }

    /// <summary>The MD5 of a fingerprint's text, in hexadecimal.</summary>
    public static string Md5(string text)
    {
        // The fingerprint is defined as an MD5; nothing is protected by it.
#pragma warning disable CA5351
        return Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
    }

    /// <summary>A client's JA4.</summary>
    /// <param name="hello">The ClientHello.</param>
    /// <param name="transport"><c>t</c> for TCP, <c>q</c> for QUIC, <c>d</c> for DTLS.</param>
    public static string Ja4(Hello hello, char transport)
    {
        var suites = Known(hello.Suites);
        var extensions = ExtensionCodes(hello.Extensions);
        var hashed = extensions.Where(e => e is not ("0000" or "0010")).Order(StringComparer.Ordinal).ToList();
        hello.TryFind(ExtensionType.SignatureAlgorithms, out var signatures);
        var schemes = Known(TlsList.Behind16(signatures));
        var list = string.Join(',', hashed) + (schemes.Count > 0 ? "_" + string.Join(',', schemes) : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"{transport}{Ja4Version(hello)}{(hello.Has(ExtensionType.ServerName) ? 'd' : 'i')}{Count(suites.Count)}{Count(extensions.Count)}{Ja4Protocol(hello)}")
            + "_" + Truncated(string.Join(',', suites.Order(StringComparer.Ordinal)), suites.Count) + "_" + Truncated(list, extensions.Count);
    }

    private static string Count(int count) => Math.Min(count, MostCounted).ToString("D2", CultureInfo.InvariantCulture);

    private static string Truncated(string list, int count) =>
        count == 0 ? NoHash : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(list)))[..NoHash.Length];

    private static string Ja4Version(Hello hello)
    {
        var highest = hello.LegacyVersion;
        if (hello.TryFind(ExtensionType.SupportedVersions, out var offered))
        {
            var best = 0;
            for (var versions = TlsList.Behind8(offered); versions.Length >= 2; versions = versions[2..])
            {
                var version = BinaryPrimitives.ReadUInt16BigEndian(versions);
                if (!TlsNames.IsGrease(version) && Rank(version) > Rank((ushort)best)) best = version;
            }

            if (best > 0) highest = (ushort)best;
        }

        return highest switch
        {
            TlsVersion.Tls13 => "13",
            TlsVersion.Tls12 => "12",
            TlsVersion.Tls11 => "11",
            TlsVersion.Tls10 => "10",
            TlsVersion.Ssl30 => "s3",
            2 => "s2",
            TlsVersion.Dtls10 => "d1",
            TlsVersion.Dtls12 => "d2",
            TlsVersion.Dtls13 => "d3",
            _ => "00",
        };
    }

    /// <summary>Versions of DTLS count downward.</summary>
    private static int Rank(ushort version) => version >> 8 == 0xFE ? 0x1_0000 - version : version;

    /// <summary>The first and last character of the first offered protocol; those of its hexadecimal form where they are not letters or digits.</summary>
    private static string Ja4Protocol(Hello hello)
    {
        if (!hello.TryFind(ExtensionType.ApplicationProtocols, out var extension)) return "00";
        var names = TlsList.Behind16(extension);
        if (!TlsList.TryTakeShort(ref names, out var first) || first.IsEmpty) return "00";
        if (char.IsAsciiLetterOrDigit((char)first[0]) && char.IsAsciiLetterOrDigit((char)first[^1])) return $"{(char)first[0]}{(char)first[^1]}";
        var hexadecimal = Convert.ToHexStringLower(first);
        return $"{hexadecimal[0]}{hexadecimal[^1]}";
    }

    private static List<string> Known(ReadOnlySpan<byte> numbers)
    {
        var codes = new List<string>(numbers.Length / 2);
        for (; numbers.Length >= 2; numbers = numbers[2..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(numbers);
            if (!TlsNames.IsGrease(number)) codes.Add(number.ToString("x4", CultureInfo.InvariantCulture));
        }

        return codes;
    }

    private static List<string> ExtensionCodes(ReadOnlySpan<byte> extensions)
    {
        var codes = new List<string>();
        var reader = new ExtensionReader(extensions);
        while (reader.TryRead(out var type, out _))
        {
            if (!TlsNames.IsGrease(type)) codes.Add(type.ToString("x4", CultureInfo.InvariantCulture));
        }

        return codes;
    }

    private static void AppendNumbers(StringBuilder text, ReadOnlySpan<byte> numbers)
    {
        for (; numbers.Length >= 2; numbers = numbers[2..]) Append(text, BinaryPrimitives.ReadUInt16BigEndian(numbers), includeGrease: false);
    }

    private static void AppendExtensions(StringBuilder text, ReadOnlySpan<byte> extensions, bool includeGrease)
    {
        var reader = new ExtensionReader(extensions);
        while (reader.TryRead(out var type, out _)) Append(text, type, includeGrease);
    }

    private static void Append(StringBuilder text, ushort number, bool includeGrease)
    {
        if (!includeGrease && TlsNames.IsGrease(number)) return;
        if (text[^1] != ',') text.Append('-');
        text.Append(number.ToString(CultureInfo.InvariantCulture));
    }
}
