using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Address;

/// <summary>Addresses in the words of <c>ip address</c>.</summary>
internal static class AddressText
{
    private const int Permanent = 0x80;

    /// <summary>Such as <c>10.0.0.1/24 scope GLOBAL</c>.</summary>
    public static string Describe(AddressObject address) => new ObjectWords(address)
        .Value("address").Named("peer", "peer").Named("broadcast", "broadcast").Named("scope", "scope").Named("flags", "flags", Permanent).ToString();
}
