using System.Globalization;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>Names and forms of options (IANA, BOOTP Vendor Extensions and DHCP Options).</summary>
internal static class DhcpOptions
{
    /// <summary>
    /// One word per option: code, form, name. a address, A addresses, b boolean, B one byte, w 16 bits, i 32 bits, t text, o octets, m message type, p names of options,
    /// c client identifier, r routes, d domain names, f client FQDN.
    /// </summary>
    private const string Table = """
        1aSubnet-Mask 2iTime-Offset 3ARouter 4ATime-Server 5AName-Server 6ADomain-Name-Server 7ALog-Server 8AQuotes-Server 9ALPR-Server 10AImpress-Server
        11AResource-Location-Server 12tHost-Name 13wBoot-File-Size 14tMerit-Dump-File 15tDomain-Name 16aSwap-Server 17tRoot-Path 18tExtensions-Path 19bIP-Forwarding
        20bNon-Local-Source-Routing 21APolicy-Filter 22wMaximum-Datagram-Reassembly-Size 23BDefault-IP-TTL 24iPath-MTU-Aging-Timeout 25oPath-MTU-Plateau-Table
        26wInterface-MTU 27bAll-Subnets-Local 28aBroadcast-Address 29bPerform-Mask-Discovery 30bMask-Supplier 31bPerform-Router-Discovery 32aRouter-Solicitation-Address
        33AStatic-Route 34bTrailer-Encapsulation 35iARP-Cache-Timeout 36bEthernet-Encapsulation 37BTCP-Default-TTL 38iTCP-Keepalive-Interval 39bTCP-Keepalive-Garbage
        40tNIS-Domain 41ANIS-Servers 42ANTP-Servers 43oVendor-Specific-Information 44ANetBIOS-Name-Server 45ANetBIOS-Datagram-Distribution-Server 46BNetBIOS-Node-Type
        47tNetBIOS-Scope 48AX-Window-Font-Server 49AX-Window-Display-Manager 50aRequested-IP-Address 51iIP-Address-Lease-Time 52BOption-Overload 53mDHCP-Message-Type
        54aServer-Identifier 55pParameter-Request-List 56tMessage 57wMaximum-DHCP-Message-Size 58iRenewal-Time 59iRebinding-Time 60tVendor-Class-Identifier
        61cClient-Identifier 62tNetWare-IP-Domain 63oNetWare-IP-Option 64tNIS+-Domain 65ANIS+-Servers 66tTFTP-Server-Name 67tBootfile-Name 68AMobile-IP-Home-Agent
        69ASMTP-Server 70APOP3-Server 71ANNTP-Server 72AWWW-Server 73AFinger-Server 74AIRC-Server 75AStreetTalk-Server 76ASTDA-Server 77uUser-Class
        78oDirectory-Agent 79oService-Scope 80oRapid-Commit 81fClient-FQDN 82oRelay-Agent-Information 83oISNS 85ANDS-Servers 86tNDS-Tree-Name 87tNDS-Context
        88dBCMCS-Controller-Domain-Names 89ABCMCS-Controller-Addresses 90oAuthentication 91iClient-Last-Transaction-Time 92AAssociated-IP 93wClient-System-Architecture
        94oClient-Network-Interface 95tLDAP 97oClient-Machine-Identifier 98tUser-Authentication-Protocol 99oGeoconf-Civic 100tPCode 101tTCode 108iIPv6-Only-Preferred
        112tNetInfo-Parent-Server-Address 113tNetInfo-Parent-Server-Tag 114tCaptive-Portal 116BAuto-Configure 117oName-Service-Search 118aSubnet-Selection 119dDomain-Search
        120oSIP-Servers 121rClassless-Static-Route 122oCableLabs-Client-Configuration 123oGeoConf 124oVendor-Identifying-Vendor-Class 125oVendor-Identifying-Vendor-Specific
        128uTFTP-Server 129uCall-Server 130uDiscrimination-String 131uRemote-Statistics-Server 132uVLAN-Id 133uL2-Priority 134uDSCP 135uHTTP-Proxy 136APANA-Agent
        137tLoST-Server 138ACAPWAP-Access-Controller 139oMoS-Addresses 140oMoS-Domains 141dSIP-UA-Configuration-Service-Domains 142AANDSF-Servers 143uSZTP-Redirect
        144oGeoLoc 145oForcerenew-Nonce-Capable 146oRDNSS-Selection 150ATFTP-Server-Address 151oStatus-Code 152iBase-Time 153iStart-Time-Of-State 154iQuery-Start-Time
        155iQuery-End-Time 156BDHCP-State 157BData-Source 158oPCP-Server 159oPort-Parameters 161tMUD-URL 162oDNR 175uEtherboot 176uIP-Telephone 208oPXELINUX-Magic
        209tPXELINUX-Configuration-File 210tPXELINUX-Path-Prefix 211iPXELINUX-Reboot-Time 212o6RD 213dAccess-Network-Domain-Name 220oSubnet-Allocation
        221oVirtual-Subnet-Selection 249rMicrosoft-Classless-Static-Route 252tProxy-Autodiscovery
        """;

    private static readonly (char Form, string Name)[] Known = Read();

    /// <summary>The name of an option.</summary>
    public static string Name(byte code) => Known[code].Name;

    /// <summary>The form of an option's value, as the table's letter.</summary>
    public static char FormOf(byte code) => Known[code].Form;

    private static (char Form, string Name)[] Read()
    {
        var options = new (char, string)[256];
        for (var code = 0; code < options.Length; code++) options[code] = ('u', string.Create(CultureInfo.InvariantCulture, $"Option-{code}"));
        foreach (var word in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var digits = 0;
            while (char.IsAsciiDigit(word[digits])) digits++;
            options[byte.Parse(word.AsSpan(0, digits), CultureInfo.InvariantCulture)] = (word[digits], word[(digits + 1)..]);
        }

        return options;
    }
}
