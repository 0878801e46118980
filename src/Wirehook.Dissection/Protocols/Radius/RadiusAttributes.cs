namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>The data type of an attribute (RFC 8044 §3).</summary>
internal enum RadiusType : byte
{
    Unknown,
    Text,
    Octets,
    Integer,
    Time,
    Long,
    IPv4,
    IPv6,
    IPv6Prefix,
}

/// <summary>An attribute's name and data type.</summary>
internal sealed record RadiusAttributeType(string Name, RadiusType Type);

/// <summary>The attributes that the RFCs define (IANA, RADIUS Attribute Types).</summary>
internal static class RadiusAttributes
{
    /// <summary>One word per attribute: number, type letter, name. t text, o octets, i integer, d time, l 64-bit, 4 and 6 addresses, p IPv6 prefix.</summary>
    private const string Table = """
        1tUser-Name 2oUser-Password 3oCHAP-Password 44NAS-IP-Address 5iNAS-Port 6iService-Type 7iFramed-Protocol 84Framed-IP-Address 94Framed-IP-Netmask
        10iFramed-Routing 11tFilter-Id 12iFramed-MTU 13iFramed-Compression 144Login-IP-Host 15iLogin-Service 16iLogin-TCP-Port 18tReply-Message 19tCallback-Number
        20tCallback-Id 22tFramed-Route 23iFramed-IPX-Network 24oState 25oClass 26oVendor-Specific 27iSession-Timeout 28iIdle-Timeout 29iTermination-Action
        30tCalled-Station-Id 31tCalling-Station-Id 32tNAS-Identifier 33oProxy-State 34tLogin-LAT-Service 35tLogin-LAT-Node 36oLogin-LAT-Group
        37iFramed-AppleTalk-Link 38iFramed-AppleTalk-Network 39tFramed-AppleTalk-Zone 40iAcct-Status-Type 41iAcct-Delay-Time 42iAcct-Input-Octets
        43iAcct-Output-Octets 44tAcct-Session-Id 45iAcct-Authentic 46iAcct-Session-Time 47iAcct-Input-Packets 48iAcct-Output-Packets 49iAcct-Terminate-Cause
        50tAcct-Multi-Session-Id 51iAcct-Link-Count 52iAcct-Input-Gigawords 53iAcct-Output-Gigawords 55dEvent-Timestamp 56iEgress-VLANID 57iIngress-Filters
        58tEgress-VLAN-Name 59oUser-Priority-Table 60oCHAP-Challenge 61iNAS-Port-Type 62iPort-Limit 63tLogin-LAT-Port 64oTunnel-Type 65oTunnel-Medium-Type
        66uTunnel-Client-Endpoint 67uTunnel-Server-Endpoint 68tAcct-Tunnel-Connection 69oTunnel-Password 70oARAP-Password 71oARAP-Features 72iARAP-Zone-Access
        73iARAP-Security 74tARAP-Security-Data 75iPassword-Retry 76iPrompt 77tConnect-Info 78tConfiguration-Token 79oEAP-Message 80oMessage-Authenticator
        81uTunnel-Private-Group-ID 82uTunnel-Assignment-ID 83oTunnel-Preference 84oARAP-Challenge-Response 85iAcct-Interim-Interval 86iAcct-Tunnel-Packets-Lost
        87tNAS-Port-Id 88tFramed-Pool 89uChargeable-User-Identity 90uTunnel-Client-Auth-ID 91uTunnel-Server-Auth-ID 92tNAS-Filter-Rule 94oOriginating-Line-Info
        956NAS-IPv6-Address 96oFramed-Interface-Id 97pFramed-IPv6-Prefix 986Login-IPv6-Host 99tFramed-IPv6-Route 100tFramed-IPv6-Pool 101iError-Cause
        102oEAP-Key-Name 103tDigest-Response 104tDigest-Realm 105tDigest-Nonce 106tDigest-Response-Auth 107tDigest-Nextnonce 108tDigest-Method 109tDigest-URI
        110tDigest-Qop 111tDigest-Algorithm 112tDigest-Entity-Body-Hash 113tDigest-CNonce 114tDigest-Nonce-Count 115tDigest-Username 116tDigest-Opaque
        117tDigest-Auth-Param 118tDigest-AKA-Auts 119tDigest-Domain 120tDigest-Stale 121tDigest-HA1 122tSIP-AOR 123pDelegated-IPv6-Prefix
        124oMIP6-Feature-Vector 125oMIP6-Home-Link-Prefix 126tOperator-Name 127oLocation-Information 128oLocation-Data 129oBasic-Location-Policy-Rules
        130oExtended-Location-Policy-Rules 131iLocation-Capable 132iRequested-Location-Info 133iFramed-Management-Protocol 134iManagement-Transport-Protection
        135tManagement-Policy-Id 136iManagement-Privilege-Level 137oPKM-SS-Cert 138oPKM-CA-Cert 139oPKM-Config-Settings 140oPKM-Cryptosuite-List 141oPKM-SAID
        142oPKM-SA-Descriptor 143oPKM-Auth-Key 144tDS-Lite-Tunnel-Name 145oMobile-Node-Identifier 146tService-Selection 147oPMIP6-Home-LMA-IPv6-Address
        148oPMIP6-Visited-LMA-IPv6-Address 1494PMIP6-Home-LMA-IPv4-Address 1504PMIP6-Visited-LMA-IPv4-Address 151oPMIP6-Home-HN-Prefix 152oPMIP6-Visited-HN-Prefix
        153oPMIP6-Home-Interface-ID 154oPMIP6-Visited-Interface-ID 1554PMIP6-Home-DHCP4-Server-Address 1564PMIP6-Visited-DHCP4-Server-Address
        1576PMIP6-Home-DHCP6-Server-Address 1586PMIP6-Visited-DHCP6-Server-Address 1594PMIP6-Home-IPv4-Gateway 1604PMIP6-Visited-IPv4-Gateway
        161iEAP-Lower-Layer 162tGSS-Acceptor-Service-Name 163tGSS-Acceptor-Host-Name 164tGSS-Acceptor-Service-Specifics 165tGSS-Acceptor-Realm-Name
        1686Framed-IPv6-Address 1696DNS-Server-IPv6-Address 170oRoute-IPv6-Information 171tDelegated-IPv6-Prefix-Pool 172tStateful-IPv6-Address-Pool 173oIPv6-6rd-Configuration
        174tAllowed-Called-Station-Id 175oEAP-Peer-Id 176oEAP-Server-Id 177iMobility-Domain-Id 178iPreauth-Timeout 179oNetwork-Id-Name 180oEAPoL-Announcement
        181tWLAN-HESSID 182iWLAN-Venue-Info 183oWLAN-Venue-Language 184tWLAN-Venue-Name 185iWLAN-Reason-Code 186iWLAN-Pairwise-Cipher 187iWLAN-Group-Cipher
        188iWLAN-AKM-Suite 189iWLAN-Group-Mgmt-Cipher 190iWLAN-RF-Band
        """;

    private static readonly RadiusAttributeType?[] Types = Read();

    /// <summary>The attribute of <paramref name="type"/>, or null where none is defined.</summary>
    public static RadiusAttributeType? Find(byte type) => Types[type];

    private static RadiusAttributeType?[] Read()
    {
        var types = new RadiusAttributeType?[256];
        foreach (var word in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            // The name begins with the first capital letter; the character before it is the type, and what precedes that the number.
            var name = word.IndexOfAny([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
            types[byte.Parse(word.AsSpan(0, name - 1), System.Globalization.CultureInfo.InvariantCulture)] = new RadiusAttributeType(word[name..], TypeOf(word[name - 1]));
        }

        return types;
    }

    private static RadiusType TypeOf(char letter) => letter switch
    {
        't' => RadiusType.Text,
        'o' => RadiusType.Octets,
        'i' => RadiusType.Integer,
        'd' => RadiusType.Time,
        'l' => RadiusType.Long,
        '4' => RadiusType.IPv4,
        '6' => RadiusType.IPv6,
        'p' => RadiusType.IPv6Prefix,
        _ => RadiusType.Unknown,
    };
}
