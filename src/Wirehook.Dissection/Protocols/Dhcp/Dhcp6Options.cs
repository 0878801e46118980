using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>Names and forms of DHCPv6's options and status codes (IANA, DHCPv6 Option Codes).</summary>
internal static class Dhcp6Options
{
    /// <summary>One word per option: code, form, name. I association id, A addresses, B one byte, w 16 bits, i 32 bits, t text, o octets, p names of options, d domain names, s status, f FQDN.</summary>
    private const string Table = """
        1oClient-Identifier 2oServer-Identifier 3IIA_NA 4IIA_TA 5oIA-Address 6pOption-Request 7BPreference 8wElapsed-Time 9oRelay-Message 11oAuthentication 12AServer-Unicast
        13sStatus-Code 14oRapid-Commit 15oUser-Class 16oVendor-Class 17oVendor-Options 18uInterface-Id 19BReconfigure-Message 20oReconfigure-Accept 21dSIP-Server-Domains
        22ASIP-Servers 23ADNS-Servers 24dDomain-List 25IIA_PD 26oIA-Prefix 27ANIS-Servers 28ANISP-Servers 29dNIS-Domain-Name 30dNISP-Domain-Name 31ASNTP-Servers
        32iInformation-Refresh-Time 33dBCMCS-Server-Domains 34ABCMCS-Servers 36oGeoconf-Civic 37oRemote-Id 38oSubscriber-Id 39fClient-FQDN 40APANA-Agents 41tPOSIX-Timezone
        42tTZDB-Timezone 43pEcho-Request 44oLeasequery 45oClient-Data 46iClient-Time 47oRelay-Data 48AClient-Link 49dMIPv6-Home-Domain-Name 50oMIPv6-Visited-Network
        51dLoST-Server 52ACAPWAP-Access-Controllers 53oRelay-Id 54AMoS-Addresses 55dMoS-Domains 56oNTP-Server 57dAccess-Domain 58dSIP-UA-Configuration-Domains
        59tBootfile-URL 60oBootfile-Parameters 61oClient-Architecture 62oNetwork-Interface-Id 63oGeolocation 64dAFTR-Name 65dERP-Local-Domain-Name 66oRelay-Supplied-Options
        67oPD-Exclude 74oRDNSS-Selection 79oClient-Link-Layer-Address 80oLink-Address 82iSOL-MAX-RT 83iINF-MAX-RT 87oDHCPv4-Message 88ADHCPv4-over-DHCPv6-Servers
        94oS46-Container-MAP-E 95oS46-Container-MAP-T 96oS46-Container-Lightweight 103tCaptive-Portal 112tMUD-URL 135wRelay-Port 144oDNR
        """;

    private static readonly string[] Statuses =
        ["Success", "UnspecFail", "NoAddrsAvail", "NoBinding", "NotOnLink", "UseMulticast", "NoPrefixAvail", "UnknownQueryType", "MalformedQuery", "NotConfigured", "NotAllowed", "QueryTerminated"];

    private static readonly Dictionary<int, (char Form, string Name)> Known = Read();

    /// <summary>The name of an option.</summary>
    public static string Name(int code) => Known.TryGetValue(code, out var option) ? option.Name : string.Create(CultureInfo.InvariantCulture, $"Option-{code}");

    /// <summary>The form of an option's value, as the table's letter.</summary>
    public static char FormOf(int code) => Known.TryGetValue(code, out var option) ? option.Form : 'u';

    /// <summary>A status with its message.</summary>
    public static string Status(int code, ReadOnlySpan<byte> message)
    {
        var name = code < Statuses.Length ? Statuses[code] : code.ToString(CultureInfo.InvariantCulture);
        return message.IsEmpty ? name : $"{name}: {ByteText.OrHex(message)}";
    }

    private static Dictionary<int, (char Form, string Name)> Read()
    {
        var options = new Dictionary<int, (char, string)>();
        foreach (var word in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var digits = 0;
            while (char.IsAsciiDigit(word[digits])) digits++;
            options[int.Parse(word.AsSpan(0, digits), CultureInfo.InvariantCulture)] = (word[digits], word[(digits + 1)..]);
        }

        return options;
    }
}
