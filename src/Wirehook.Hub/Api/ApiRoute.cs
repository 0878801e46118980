using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Wirehook.Hub.Api;

/// <summary>One operation of the API, declared once: routing and the OpenAPI document come from here.</summary>
internal sealed record ApiRoute
{
    /// <summary>GET, POST or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>The path with its parameters in braces.</summary>
    public required string Pattern { get; init; }

    /// <summary>A sentence for the document.</summary>
    public required string Summary { get; init; }

    /// <summary>What <c>data</c> of the answer is; null for no particular form.</summary>
    public JsonTypeInfo? Answer { get; init; }

    /// <summary>Whether it takes a JSON object as its body.</summary>
    public bool HasBody { get; init; }

    /// <summary>Whether the answer goes into the envelope; false for documents with a form of their own.</summary>
    public bool IsEnveloped { get; init; } = true;

    /// <summary>Query parameters with their descriptions; anything else is refused.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>Does it. Runs on a thread of the pool and may throw <see cref="ApiProblemException"/>.</summary>
    public required Func<ApiRequest, ValueTask<ApiAnswer>> Handle { get; init; }
}

/// <summary>What <c>data</c> of an answer is.</summary>
/// <param name="Status">The HTTP status, 200 or 201.</param>
/// <param name="Write">Writes one JSON value.</param>
internal readonly record struct ApiAnswer(int Status, Action<Utf8JsonWriter> Write)
{
    /// <summary>200 with <paramref name="value"/>.</summary>
    public static ApiAnswer Of<T>(T value, JsonTypeInfo<T> type) => new(200, writer => JsonSerializer.Serialize(writer, value, type));

    /// <summary>201 with <paramref name="value"/>.</summary>
    public static ApiAnswer Created<T>(T value, JsonTypeInfo<T> type) => new(201, writer => JsonSerializer.Serialize(writer, value, type));
}
