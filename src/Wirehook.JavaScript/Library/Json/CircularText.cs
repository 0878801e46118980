using System.Text;

namespace Wirehook.JavaScript.Library.Json;

/// <summary>Says how the objects of a circle hold each other.</summary>
internal static class CircularText
{
    /// <summary>Objects after the first one that are always shown; of the others only the last.</summary>
    private const int AlwaysShown = 2;

    /// <summary>The message for an object that is found again within itself.</summary>
    /// <param name="path">The objects that are being written, outermost first.</param>
    /// <param name="again">The one of them that was found again in the last.</param>
    internal static string Of(List<JsObject> path, JsObject again)
    {
        int start = path.IndexOf(again);
        var text = new StringBuilder("Converting circular structure to JSON\n    --> starting at object with constructor ").Append(ConstructorOf(again));
        int shown = Math.Min(path.Count, start + 1 + AlwaysShown);
        for (int i = start + 1; i < shown; i++)
            AppendStep(text, path[i - 1], path[i]);
        if (path.Count > shown + 1)
            text.Append("\n    |     ...");
        if (path.Count > shown)
            AppendStep(text, path[^2], path[^1]);
        return text.Append("\n    --- ").Append(PlaceOf(path[^1], again)).Append(" closes the circle").ToString();
    }

    private static void AppendStep(StringBuilder text, JsObject holder, JsObject held) =>
        text.Append("\n    |     ").Append(PlaceOf(holder, held)).Append(" -> object with constructor ").Append(ConstructorOf(held));

    private static string ConstructorOf(JsObject o) => $"'{o.ConstructorName}'";

    private static string PlaceOf(JsObject holder, JsObject held)
    {
        var keys = new List<PropertyKey>();
        holder.CollectOwnKeys(keys);
        holder.Engine.AccountArray(keys.Count);
        holder.Engine.Tick(keys.Count);
        foreach (var key in keys)
        {
            if (holder.GetOwnProperty(key, out var property) && ReferenceEquals(property.Value.Reference, held))
                return key.IsIndex ? $"index {key}" : $"property '{key}'";
        }
        return "something";
    }
}
