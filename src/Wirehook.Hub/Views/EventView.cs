using System.Text.Json;
using Wirehook.Netlink.Events;

namespace Wirehook.Hub.Views;

/// <summary>A network event as the API shows it: its JSON, the same everywhere.</summary>
internal static class EventView
{
    /// <summary>The JSON object of <paramref name="networkEvent"/>.</summary>
    public static JsonElement Of(NetworkEvent networkEvent)
    {
        using var document = JsonDocument.Parse(EventJson.ToUtf8Line(networkEvent));
        return document.RootElement.Clone();
    }
}
