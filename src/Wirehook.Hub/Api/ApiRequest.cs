using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Wirehook.Hub.Api;

/// <summary>What a handler may ask of a request.</summary>
internal sealed class ApiRequest(HttpContext context)
{
    private static readonly JsonDocumentOptions BodyOptions = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The path's parameter <paramref name="name"/>. The server leaves an escaped slash as it is, so that it parts no segments; here it is one.</summary>
    public string Path(string name) => ((string)context.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The query parameter <paramref name="name"/>, or null.</summary>
    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value[^1] : null;

    /// <summary>The query parameter <paramref name="name"/> as a whole number within bounds, or <paramref name="otherwise"/>.</summary>
    /// <exception cref="ApiProblemException">It is not such a number.</exception>
    public int Number(string name, int otherwise, int most)
    {
        if (Query(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new ApiProblemException(ApiProblem.Invalid($"{name} takes a whole number from 1 to {most}, not \"{text}\"."));
    }

    /// <summary>The body as one JSON object; null where there is none.</summary>
    /// <exception cref="ApiProblemException">It is not JSON, not an object, or too long.</exception>
    public async ValueTask<JsonDocument?> Body()
    {
        if (context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0) return null;
        try
        {
            var document = await JsonDocument.ParseAsync(context.Request.Body, BodyOptions, Aborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement)) return document;
            document.Dispose();
            throw new ApiProblemException(ApiProblem.Invalid("The body must be a JSON object."));
        }
        catch (JsonException error)
        {
            throw new ApiProblemException(ApiProblem.Invalid($"The body is not JSON: {error.Message}"));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair ("\ud800") is JSON, but no text: reading it throws.
            throw new ApiProblemException(ApiProblem.Invalid("The body holds escapes that are no Unicode text."));
        }
        catch (BadHttpRequestException error)
        {
            throw new ApiProblemException(new ApiProblem(error.StatusCode, "INVALID_REQUEST", error.Message));
        }
    }

    /// <summary>Refuses query parameters that <paramref name="route"/> does not have: a misspelt one must not silently do nothing.</summary>
    /// <exception cref="ApiProblemException">There is such a parameter.</exception>
    public void CheckQuery(ApiRoute route)
    {
        foreach (var name in context.Request.Query.Keys)
        {
            if (route.Query.ContainsKey(name)) continue;
            var known = route.Query.Count == 0 ? "it takes none" : "it takes " + string.Join(", ", route.Query.Keys);
            throw new ApiProblemException(ApiProblem.Invalid($"{route.Method} {route.Pattern} has no parameter {name}; {known}."));
        }
    }

    private static bool IsText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().All(p => p.Name is not null && IsText(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(IsText),
        JsonValueKind.String => json.GetString() is not null,
        _ => true,
    };
}
