using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Wirehook.Hub.Api;

namespace Wirehook.Hub.Routes;

/// <summary>The OpenAPI 3.1 document, made from the routes and the types that they answer with.</summary>
internal static partial class OpenApiDocument
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/api/openapi.json";

    /// <summary>The document for <paramref name="routes"/>.</summary>
    public static JsonObject Of(IEnumerable<ApiRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var group in routes.GroupBy(r => r.Pattern))
        {
            var operations = new JsonObject();
            foreach (var route in group) operations[route.Method.ToLowerInvariant()] = Operation(route);
            paths[group.Key] = operations;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Wirehook event hooks", ["version"] = "1.0" },
            ["paths"] = paths,
        };
    }

    private static JsonObject Operation(ApiRoute route)
    {
        var parameters = new JsonArray();
        foreach (Match name in PathParameter().Matches(route.Pattern))
            parameters.Add(new JsonObject { ["name"] = name.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = Type("string") });
        foreach (var (name, description) in route.Query)
            parameters.Add(new JsonObject { ["name"] = name, ["in"] = "query", ["description"] = description, ["schema"] = Type("integer") });
        var operation = new JsonObject { ["summary"] = route.Summary, ["parameters"] = parameters, ["responses"] = Responses(route) };
        if (route.HasBody) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(Type("object")) };
        return operation;
    }

    private static JsonObject Responses(ApiRoute route)
    {
        var success = new JsonObject { ["description"] = "Done." };
        if (!route.IsEnveloped) success["content"] = Json(Type("object"));
        else success["content"] = Json(Envelope("success", "data", route.Answer is { } type ? type.Options.GetJsonSchemaAsNode(type.Type) : new JsonObject()));
        var error = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["code"] = Type("string"), ["message"] = Type("string") },
            ["required"] = new JsonArray("code", "message"),
        };
        return new JsonObject
        {
            ["2XX"] = success,
            ["default"] = new JsonObject { ["description"] = "Not done; the message says why.", ["content"] = Json(Envelope("error", "error", error)) },
        };
    }

    private static JsonObject Envelope(string status, string member, JsonNode schema) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["status"] = new JsonObject { ["const"] = status }, [member] = schema },
        ["required"] = new JsonArray("status", member),
    };

    private static JsonObject Json(JsonNode schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Type(string name) => new() { ["type"] = name };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
