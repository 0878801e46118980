using System.Globalization;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>
/// The attributes of the base protocol (RFC 6733), NASREQ (RFC 7155), EAP (RFC 4072), credit control (RFC 8506), and of 3GPP those that Cx, Sh, Rx, Gx, Gy and S6a use
/// commonly (TS 29.212, 29.214, 29.229, 29.272, 29.329, 32.299).
/// </summary>
internal static class DiameterDictionary
{
    private const uint ThreeGpp = 10415;

    /// <summary>One word per attribute: code, form, name. U text, I identity, u 32 bits, i signed, e enumerated, l 64 bits, L signed, T time, A address with its family, a IPv4, B digits, O octets, G group.</summary>
    private const string Standard = """
        1UUser-Name 2OUser-Password 4aNAS-IP-Address 5uNAS-Port 6eService-Type 7eFramed-Protocol 8aFramed-IP-Address 9aFramed-IP-Netmask 11UFilter-Id 12uFramed-MTU
        18UReply-Message 22UFramed-Route 24OState 25OClass 27uSession-Timeout 28uIdle-Timeout 30UCalled-Station-Id 31UCalling-Station-Id 32UNAS-Identifier 33OProxy-State
        44OAccounting-Session-Id 46uAcct-Session-Time 50UAcct-Multi-Session-Id 55TEvent-Timestamp 61eNAS-Port-Type 77UConnect-Info 79OEAP-Message 85uAcct-Interim-Interval
        87UNAS-Port-Id 88OFramed-Pool 89OChargeable-User-Identity 95ONAS-IPv6-Address 96OFramed-Interface-Id 97OFramed-IPv6-Prefix 99UFramed-IPv6-Route 100OFramed-IPv6-Pool
        102OEAP-Key-Name 123ODelegated-IPv6-Prefix 124lMIP6-Feature-Vector 257AHost-IP-Address 258uAuth-Application-Id 259uAcct-Application-Id 260GVendor-Specific-Application-Id
        261eRedirect-Host-Usage 262uRedirect-Max-Cache-Time 263USession-Id 264IOrigin-Host 265uSupported-Vendor-Id 266uVendor-Id 267uFirmware-Revision 268uResult-Code
        269UProduct-Name 270uSession-Binding 271eSession-Server-Failover 272uMulti-Round-Time-Out 273eDisconnect-Cause 274eAuth-Request-Type 276uAuth-Grace-Period
        277eAuth-Session-State 278uOrigin-State-Id 279GFailed-AVP 280IProxy-Host 281UError-Message 282IRoute-Record 283IDestination-Realm 284GProxy-Info
        285eRe-Auth-Request-Type 287lAccounting-Sub-Session-Id 291uAuthorization-Lifetime 292URedirect-Host 293IDestination-Host 294IError-Reporting-Host 295eTermination-Cause
        296IOrigin-Realm 297GExperimental-Result 298uExperimental-Result-Code 299uInband-Security-Id 334AMIP-Home-Agent-Address 348GMIP-Home-Agent-Host 363lAccounting-Input-Octets
        364lAccounting-Output-Octets 365lAccounting-Input-Packets 366lAccounting-Output-Packets 400GNAS-Filter-Rule 401GTunneling 402GCHAP-Auth 403eCHAP-Algorithm
        404OCHAP-Ident 405OCHAP-Response 406eAccounting-Auth-Method 408eOrigin-AAA-Protocol 411OCC-Correlation-Id 412lCC-Input-Octets 413GCC-Money 414lCC-Output-Octets
        415uCC-Request-Number 416eCC-Request-Type 417lCC-Service-Specific-Units 418eCC-Session-Failover 419lCC-Sub-Session-Id 420uCC-Time 421lCC-Total-Octets
        422eCheck-Balance-Result 423GCost-Information 424UCost-Unit 425uCurrency-Code 426eCredit-Control 427eCredit-Control-Failure-Handling 428eDirect-Debiting-Failure-Handling
        429iExponent 430GFinal-Unit-Indication 431GGranted-Service-Unit 432uRating-Group 433eRedirect-Address-Type 434GRedirect-Server 435URedirect-Server-Address
        436eRequested-Action 437GRequested-Service-Unit 438URestriction-Filter-Rule 439uService-Identifier 440GService-Parameter-Info 441uService-Parameter-Type
        442OService-Parameter-Value 443GSubscription-Id 444USubscription-Id-Data 445GUnit-Value 446GUsed-Service-Unit 447LValue-Digits 448uValidity-Time 449eFinal-Unit-Action
        450eSubscription-Id-Type 451TTariff-Time-Change 452eTariff-Change-Usage 453uG-S-U-Pool-Identifier 454eCC-Unit-Type 455eMultiple-Services-Indicator
        456GMultiple-Services-Credit-Control 457GG-S-U-Pool-Reference 458GUser-Equipment-Info 459eUser-Equipment-Info-Type 460UUser-Equipment-Info-Value 461UService-Context-Id
        462OEAP-Payload 463OEAP-Reissued-Payload 464OEAP-Master-Session-Key 465uAccounting-EAP-Auth-Method 480eAccounting-Record-Type 483eAccounting-Realtime-Required
        485uAccounting-Record-Number 486GMIP6-Agent-Info 493UService-Selection 621GOC-Supported-Features 622lOC-Feature-Vector 623GOC-OLR 649uDRMP 650GLoad
        """;

    private const string Gpp = """
        1U3GPP-IMSI 2O3GPP-Charging-Id 3e3GPP-PDP-Type 5U3GPP-GPRS-Negotiated-QoS-Profile 6O3GPP-SGSN-Address 7O3GPP-GGSN-Address 8U3GPP-IMSI-MCC-MNC 9U3GPP-GGSN-MCC-MNC
        10U3GPP-NSAPI 12U3GPP-Selection-Mode 13U3GPP-Charging-Characteristics 18U3GPP-SGSN-MCC-MNC 20U3GPP-IMEISV 21O3GPP-RAT-Type 22O3GPP-User-Location-Info 23O3GPP-MS-TimeZone
        500GAbort-Cause 502UAF-Charging-Identifier 504UAF-Application-Identifier 505GCharging-Information 507UFlow-Description 509uFlow-Number 510GFlows 511eFlow-Status
        512eFlow-Usage 513eSpecific-Action 515uMax-Requested-Bandwidth-DL 516uMax-Requested-Bandwidth-UL 517GMedia-Component-Description 518uMedia-Component-Number
        519GMedia-Sub-Component 520eMedia-Type 521uRR-Bandwidth 522uRS-Bandwidth 523eSIP-Forking-Indication 524UCodec-Data 525UService-URN 600UVisited-Network-Identifier
        601UPublic-Identity 602UServer-Name 603GServer-Capabilities 604uMandatory-Capability 605uOptional-Capability 606OUser-Data 607uSIP-Number-Auth-Items
        608USIP-Authentication-Scheme 609OSIP-Authenticate 610OSIP-Authorization 611USIP-Authentication-Context 612GSIP-Auth-Data-Item 613uSIP-Item-Number
        614eServer-Assignment-Type 615GDeregistration-Reason 616eReason-Code 617UReason-Info 618GCharging-Information 619UPrimary-Event-Charging-Function-Name
        621UPrimary-Charging-Collection-Function-Name 623eUser-Authorization-Type 624eUser-Data-Already-Available 625OConfidentiality-Key 626OIntegrity-Key
        628GSupported-Features 629uFeature-List-ID 630uFeature-List 631GSupported-Applications 632GAssociated-Identities 633eOriginating-Request 636UWildcarded-Public-Identity
        700GUser-Identity 701BMSISDN 702OUser-Data 703eData-Reference 704OService-Indication 705eSubs-Req-Type 706eRequested-Domain 707eCurrent-Location 708eIdentity-Set
        709TExpiry-Time 710eSend-Data-Indication 847AGGSN-Address 872eReporting-Reason 873GService-Information 874GPS-Information 876GIMS-Information 1000eBearer-Usage
        1001GCharging-Rule-Install 1002GCharging-Rule-Remove 1003GCharging-Rule-Definition 1004UCharging-Rule-Base-Name 1005UCharging-Rule-Name 1006eEvent-Trigger
        1007eMetering-Method 1008eOffline 1009eOnline 1010uPrecedence 1011eReporting-Level 1012UTFT-Filter 1013GTFT-Packet-Filter-Information 1014OToS-Traffic-Class
        1016GQoS-Information 1018GCharging-Rule-Report 1019ePCC-Rule-Status 1020OBearer-Identifier 1021eBearer-Operation 1022GAccess-Network-Charging-Identifier-Gx
        1023eBearer-Control-Mode 1024eNetwork-Request-Support 1025uGuaranteed-Bitrate-DL 1026uGuaranteed-Bitrate-UL 1027eIP-CAN-Type 1028eQoS-Class-Identifier
        1029eQoS-Negotiation 1030eQoS-Upgrade 1031eRule-Failure-Code 1032eRAT-Type 1033GEvent-Report-Indication 1034GAllocation-Retention-Priority
        1035GCoA-Information 1040uAPN-Aggregate-Max-Bitrate-UL 1041uAPN-Aggregate-Max-Bitrate-DL 1043uRevalidation-Time 1045eSession-Release-Cause 1046uPriority-Level
        1047ePre-emption-Capability 1048ePre-emption-Vulnerability 1049GDefault-EPS-Bearer-QoS 1050AAN-GW-Address 1058GFlow-Information 1060UPacket-Filter-Content
        1061OPacket-Filter-Identifier 1065UPDN-Connection-ID 1066UMonitoring-Key 1067GUsage-Monitoring-Information 1068eUsage-Monitoring-Level 1080eFlow-Direction
        1227APDP-Address 1228ASGSN-Address 1400GSubscription-Data 1401GTerminal-Information 1402UIMEI 1403USoftware-Version 1404OQoS-Subscribed 1405uULR-Flags 1406uULA-Flags
        1407OVisited-PLMN-Id 1408GRequested-EUTRAN-Authentication-Info 1409GRequested-UTRAN-GERAN-Authentication-Info 1410uNumber-Of-Requested-Vectors
        1411ORe-Synchronization-Info 1412uImmediate-Response-Preferred 1413GAuthentication-Info 1414GE-UTRAN-Vector 1415GUTRAN-Vector 1416GGERAN-Vector
        1417eNetwork-Access-Mode 1418uHPLMN-ODB 1419uItem-Number 1420eCancellation-Type 1421uDSR-Flags 1422uDSA-Flags 1423uContext-Identifier 1424eSubscriber-Status
        1425uOperator-Determined-Barring 1426uAccess-Restriction-Data 1427UAPN-OI-Replacement 1428eAll-APN-Configurations-Included-Indicator 1429GAPN-Configuration-Profile
        1430GAPN-Configuration 1431GEPS-Subscribed-QoS-Profile 1432eVPLMN-Dynamic-Address-Allowed 1433OSTN-SR 1434eAlert-Reason 1435GAMBR 1436GCSG-Subscription-Data
        1437uCSG-Id 1438ePDN-GW-Allocation-Type 1439TExpiration-Date 1440uRAT-Frequency-Selection-Priority-ID 1441uIDA-Flags 1442uPUA-Flags 1443uNOR-Flags 1444uUser-Id
        1445eEquipment-Status 1446ORegional-Subscription-Zone-Code 1447ORAND 1448OXRES 1449OAUTN 1450OKASME 1453OKc 1454OSRES 1456ePDN-Type 1457eRoaming-Restricted-Due-To-Unsupported-Feature
        1458GTrace-Data 1459UTrace-Reference 1489OSGSN-Number 1490uIDR-Flags 1491eICS-Indicator 1492eIMS-Voice-Over-PS-Sessions-Supported 1493eHomogeneous-Support-of-IMS-Voice-Over-PS-Sessions
        1613eSIPTO-Permission 1614eError-Diagnostic 1615eUE-SRVCC-Capability 1616uMPS-Priority 1617eVPLMN-LIPA-Allowed 1618eLIPA-Permission
        1619uSubscribed-Periodic-RAU-TAU-Timer 1638uCLR-Flags 1645GMME-Number-for-MT-SMS 1648eSMS-Register-Request 2101GApplication-Server-Information
        2819uRAN-NAS-Release-Cause 2848UExtended-APN-AMBR-DL
        """;

    private static readonly Dictionary<uint, DiameterAvpType> StandardTypes = Read(Standard);
    private static readonly Dictionary<uint, DiameterAvpType> GppTypes = Read(Gpp);

    /// <summary>The attribute with <paramref name="code"/> of a vendor (0 for the standard's), or null.</summary>
    public static DiameterAvpType? Find(uint code, uint vendor) => vendor switch
    {
        0 => StandardTypes.GetValueOrDefault(code),
        ThreeGpp => GppTypes.GetValueOrDefault(code),
        _ => null,
    };

    private static Dictionary<uint, DiameterAvpType> Read(string table)
    {
        var types = new Dictionary<uint, DiameterAvpType>();
        foreach (var word in table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var form = 0;
            while (char.IsAsciiDigit(word[form])) form++;
            types[uint.Parse(word.AsSpan(0, form), CultureInfo.InvariantCulture)] = new DiameterAvpType(word[(form + 1)..], word[form]);
        }

        return types;
    }
}

/// <summary>An attribute's name, and the letter of its form.</summary>
internal sealed record DiameterAvpType(string Name, char Form);
