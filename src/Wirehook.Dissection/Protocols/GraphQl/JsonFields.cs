using System.Text.Json;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>JSON as the values of fields.</summary>
internal static class JsonFields
{
    /// <summary>The properties of an object; of a repeated one the last.</summary>
    public static FieldMap ToMap(JsonElement element)
    {
        var map = default(FieldMapBuilder);
        foreach (var property in element.EnumerateObject()) map[NameOf(property)] = ToField(property.Value);
        return map.Build();
    }

    /// <summary>The text of a string; empty for everything else, and where a lone surrogate makes it no text.</summary>
    public static string TextOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return "";
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static FieldValue ToField(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => FieldValue.From(ToMap(element)),
        JsonValueKind.Array => FieldValue.From([.. element.EnumerateArray().Select(ToField)]),
        JsonValueKind.String => FieldValue.From(TextOf(element)),
        JsonValueKind.Number => FieldValue.From(element.TryGetDouble(out var number) ? number : 0),
        JsonValueKind.True or JsonValueKind.False => FieldValue.From(element.GetBoolean()),
        _ => FieldValue.Null,
    };
}
