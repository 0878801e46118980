using System.Globalization;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Route;

/// <summary>Routes in the words of <c>ip route</c>.</summary>
internal static class RouteText
{
    private const int Main = 254;
    private const int Unicast = 1;
    private const int Everywhere = 0;
    private const int MediumPreference = 0;

    /// <summary>Such as <c>default via 10.0.0.1 proto STATIC metric 100</c>.</summary>
    public static string Describe(RouteObject route)
    {
        var words = new ObjectWords(route);
        if (route.Type != Unicast) words.Value("type");
        if (route.DestinationLength == 0) words.Add("default");
        else words.Value("dst");
        words.Named("from", "src").Named("via", "gateway");
        if (route.NextHopTexts is { } hops) words.Add(string.Join(", ", hops.Select(static h => "nexthop " + h)));
        if (route.NextHopId != 0) words.Add(string.Create(CultureInfo.InvariantCulture, $"nhid {route.NextHopId}"));
        return words.Named("table", "table", Main).Named("proto", "protocol").Named("scope", "scope", Everywhere).Named("src", "prefsrc")
            .Named("metric", "priority", 0).Named("flags", "flags", 0).Named("pref", "pref", MediumPreference).ToString();
    }
}
