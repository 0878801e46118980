using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.GraphQl;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(GraphQlModule))]
[assembly: HttpPayload(typeof(GraphQlPayload))]

namespace Wirehook.Dissection.Protocols.GraphQl;

/// <summary>GraphQL over HTTP: the metadata of its items. HTTP recognises the connections, <see cref="GraphQlPayload"/> the requests.</summary>
public sealed class GraphQlModule : ProtocolModule
{
    internal static Protocol OverHttp1 { get; } = Declare("1.1", "Hypertext Transfer Protocol -- HTTP/1.1 [ GraphQL over HTTP/1.1 ]");

    internal static Protocol OverHttp2 { get; } = Declare("2.0", "Hypertext Transfer Protocol Version 2 (HTTP/2) [ GraphQL over HTTP/2 ]");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [OverHttp1, OverHttp2];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [GraphQlItem.ItemType];

    private static Protocol Declare(string version, string longName) => new()
    {
        Name = "http",
        Version = version,
        Abbreviation = "GQL",
        LongName = longName,
        Macro = "gql",
        BackgroundColor = "#e10098",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://graphql.org/learn/serving-over-http/",
        Ports = [80, 443, 8080],
        Layer4 = "tcp",
        Priority = 0,
    };
}
