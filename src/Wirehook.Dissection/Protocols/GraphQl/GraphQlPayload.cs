using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Protocols.Http;

namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>
/// Recognises GraphQL requests (GraphQL over HTTP): a JSON body with a <c>query</c>, or a list of such, a body of type <c>application/graphql</c>, or a
/// <c>query</c> in the target; each only where it parses as a GraphQL document.
/// </summary>
internal sealed class GraphQlPayload : HttpPayload
{
    public override HttpItem? Recognise(in HttpExchange exchange)
    {
        if (exchange.Request is not { } request) return null;
        var isGraphQl = request.KeptBody > 0 ? !request.Truncated && HasDocument(request, exchange.Context.Options.DecodedBodyLimit) : HasQuery(request);
        return isGraphQl ? new GraphQlItem(exchange) : null;
    }

    private static bool HasQuery(HttpMessage request)
    {
        var target = request.Target;
        if (target.IndexOf("query="u8) <= 0) return false;
        var query = HttpTarget.Query(Encoding.UTF8.GetString(target)).Find("query");
        return query.Kind == Records.FieldKind.String && GraphQlDocument.Parse(query.AsString) is not null;
    }

    private static bool HasDocument(HttpMessage request, int limit)
    {
        var type = request.ContentType;
        if (!type.StartsWith("application/"u8)) return false;
        type = type["application/"u8.Length..];
        var isDocument = type.StartsWith("graphql"u8) && !type.StartsWith("graphql+json"u8);
        if (!isDocument && !type.StartsWith("json"u8) && !type.StartsWith("graphql"u8)) return false;
        var body = BodyDecoding.Decode(request.Body(), request.Find("content-encoding"u8), limit, out var cut).Span;
        if (cut) return false;
        return isDocument ? GraphQlDocument.Parse(Encoding.UTF8.GetString(body)) is not null : body.IndexOf("\"query\""u8) > 0 && AreOperations(body);
    }

    /// <summary>Whether the JSON is an object with a query that parses, or a list of nothing else.</summary>
    private static bool AreOperations(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read()) return false;
            if (reader.TokenType == JsonTokenType.StartObject) return IsOperation(ref reader);
            if (reader.TokenType != JsonTokenType.StartArray) return false;
            var any = false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject || !IsOperation(ref reader)) return false;
                any = true;
            }

            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsOperation(ref Utf8JsonReader reader)
    {
        var valid = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isQuery = reader.ValueTextEquals("query"u8);
            reader.Read();
            if (isQuery && reader.TokenType == JsonTokenType.String) valid = IsDocument(ref reader);
            else reader.Skip();
        }

        return valid;
    }

    private static bool IsDocument(ref Utf8JsonReader reader)
    {
        try
        {
            return GraphQlDocument.Parse(reader.GetString()!) is not null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate is valid JSON and no text.
            return false;
        }
    }
}
