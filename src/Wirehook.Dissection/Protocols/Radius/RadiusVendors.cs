namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>Vendors that give attributes of their own (IANA, Private Enterprise Numbers), as far as they are common.</summary>
internal static class RadiusVendors
{
    /// <summary>The name of a vendor, or null.</summary>
    public static string? Name(uint vendor) => vendor switch
    {
        9 => "Cisco",
        43 => "3Com",
        61 => "Merit",
        166 => "Shiva",
        307 => "Livingston",
        311 => "Microsoft",
        529 => "Ascend",
        1584 => "Bay-Networks",
        1916 => "Extreme",
        1991 => "Foundry",
        2011 => "Huawei",
        2352 => "Redback",
        2636 => "Juniper",
        3076 => "Cisco-VPN3000",
        3902 => "ZTE",
        4874 => "Unisphere",
        6527 => "Alcatel-SR",
        8744 => "Colubris",
        10415 => "3GPP",
        11344 => "FreeRADIUS",
        12356 => "Fortinet",
        14122 => "WISPr",
        14179 => "Airespace",
        14823 => "Aruba",
        14988 => "Mikrotik",
        16122 => "Juniper-ERX",
        25053 => "Ruckus",
        25506 => "H3C",
        41112 => "Ubiquiti",
        _ => null,
    };
}
