using System.Text.Json;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>One operation that a client asks for: a document, which of its operations, and variables.</summary>
public sealed class GraphQlRequest : Record
{
    private readonly GraphQlOperation _operation;

    internal GraphQlRequest(string query, string operationName, JsonElement? variables)
    {
        Query = query;
        var operations = GraphQlDocument.Parse(query);
        _operation = operations?.FirstOrDefault(o => o.Name == operationName) ?? operations?[0] ?? new GraphQlOperation("", "", []);
        Variables = variables is { ValueKind: JsonValueKind.Object } map ? JsonFields.ToMap(map) : FieldMap.Empty;
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("GraphQlRequest", "One operation of a GraphQL request.",
    [
        new("operationType", "string", "`query`, `mutation` or `subscription`.", static r => FieldValue.From(((GraphQlRequest)r).OperationType)),
        new("operationName", "string", "The operation's name, or empty.", static r => FieldValue.From(((GraphQlRequest)r).OperationName)),
        new("fields", "string[]", "The fields that it selects, without what they select.", static r => FieldValue.From(((GraphQlRequest)r).Fields)),
        new("query", "string", "The document.", static r => FieldValue.From(((GraphQlRequest)r).Query)),
        new("variables", "{ [name: string]: any }", "Its variables.", static r => FieldValue.From(((GraphQlRequest)r).Variables)),
    ]);

    /// <summary><c>query</c>, <c>mutation</c> or <c>subscription</c>.</summary>
    public string OperationType => _operation.Type;

    /// <summary>The operation's name, or empty.</summary>
    public string OperationName => _operation.Name;

    /// <summary>The fields that it selects, without what they select.</summary>
    public IReadOnlyList<FieldValue> Fields => [.. _operation.Fields.Select(FieldValue.From)];

    /// <summary>The document.</summary>
    public string Query { get; }

    /// <summary>Its variables by name.</summary>
    public FieldMap Variables { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    internal static GraphQlRequest Read(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object) return new GraphQlRequest("", "", null);
        return new GraphQlRequest(TextOf(request, "query"), TextOf(request, "operationName"), request.TryGetProperty("variables", out var variables) ? variables : null);
    }

    private static string TextOf(JsonElement request, string name) => request.TryGetProperty(name, out var value) ? JsonFields.TextOf(value) : "";
}
