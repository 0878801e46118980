using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>What a GraphQL request asks for: its first operation, all operations of a batch, and the errors of the response. Made when it is read.</summary>
public sealed class GraphQlCall : Record
{
    private const int ErrorLimit = 100;
    private readonly HttpMessage _request;
    private readonly HttpMessage? _response;
    private readonly int _limit;
    private List<GraphQlRequest>? _requests;

    internal GraphQlCall(HttpMessage request, HttpMessage? response, int limit) => (_request, _response, _limit) = (request, response, limit);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("GraphQlCall", "A GraphQL request.",
    [
        new("operationType", "string", "`query`, `mutation` or `subscription`, of the first operation.", static r => FieldValue.From(((GraphQlCall)r).First.OperationType)),
        new("operationName", "string", "The first operation's name, or empty.", static r => FieldValue.From(((GraphQlCall)r).First.OperationName)),
        new("fields", "string[]", "The fields that the first operation selects, without what they select.", static r => FieldValue.From(((GraphQlCall)r).First.Fields)),
        new("query", "string", "The first operation's document.", static r => FieldValue.From(((GraphQlCall)r).First.Query)),
        new("variables", "{ [name: string]: any }", "The first operation's variables.", static r => FieldValue.From(((GraphQlCall)r).First.Variables)),
        new("operations", "GraphQlRequest[]", "Every operation of a batch; only present where the request is one.", static r => ((GraphQlCall)r).Operations, Optional: true),
        new("errors", "string[]", "Messages of the response's errors.", static r => FieldValue.From(((GraphQlCall)r).Errors)),
    ], GraphQlRequest.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private List<GraphQlRequest> Requests => _requests ??= Read();

    private GraphQlRequest First => Requests[0];

    private FieldValue Operations => Requests.Count == 1 ? FieldValue.Absent : FieldValue.From([.. Requests.Select(FieldValue.From)]);

    private List<FieldValue> Errors
    {
        get
        {
            var messages = new List<FieldValue>();
            if (_response is null || _response.KeptBody == 0) return messages;
            using var json = TryParse(BodyDecoding.Decode(_response.Body(), _response.Find("content-encoding"u8), _limit, out _));
            if (json is null) return messages;
            if (json.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in json.RootElement.EnumerateArray()) AddErrors(messages, one);
            }
            else
            {
                AddErrors(messages, json.RootElement);
            }

            return messages;
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void AddErrors(List<FieldValue> messages, JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object || !response.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array) return;
        foreach (var error in errors.EnumerateArray())
        {
            if (messages.Count >= ErrorLimit) return;
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message)) messages.Add(FieldValue.From(JsonFields.TextOf(message)));
        }
    }

    private List<GraphQlRequest> Read()
    {
        var requests = new List<GraphQlRequest>();
        if (_request.KeptBody == 0)
        {
            var query = HttpTarget.Query(Encoding.UTF8.GetString(_request.Target));
            using var variables = TryParse(Encoding.UTF8.GetBytes(TextOf(query.Find("variables"))));
            requests.Add(new GraphQlRequest(TextOf(query.Find("query")), TextOf(query.Find("operationName")), variables?.RootElement));
            return requests;
        }

        var body = BodyDecoding.Decode(_request.Body(), _request.Find("content-encoding"u8), _limit, out _);
        using var json = TryParse(body);
        if (json?.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in json.RootElement.EnumerateArray()) requests.Add(GraphQlRequest.Read(one));
        }
        else
        {
            requests.Add(json is null ? new GraphQlRequest(Encoding.UTF8.GetString(body.Span), "", null) : GraphQlRequest.Read(json.RootElement));
        }

        return requests;
    }

    private static string TextOf(FieldValue value) => value.Kind == FieldKind.String ? value.AsString : "";
}
