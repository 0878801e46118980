using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Grpc;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(GrpcModule))]
[assembly: HttpPayload(typeof(GrpcPayload))]

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>gRPC and gRPC-Web: the metadata of their items. HTTP recognises the connections, <see cref="GrpcPayload"/> the calls.</summary>
public sealed class GrpcModule : ProtocolModule
{
    internal static Protocol Grpc { get; } = Declare("2.0", "Hypertext Transfer Protocol Version 2 (HTTP/2) [ gRPC over HTTP/2 ]");

    internal static Protocol GrpcWeb { get; } = Declare("1.1", "Hypertext Transfer Protocol -- HTTP/1.1 [ gRPC-Web over HTTP/1.1 ]");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Grpc, GrpcWeb];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [GrpcItem.ItemType];

    private static Protocol Declare(string version, string longName) => new()
    {
        Name = "http",
        Version = version,
        Abbreviation = "gRPC",
        LongName = longName,
        Macro = "grpc",
        BackgroundColor = "#244c5a",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://grpc.github.io/grpc/core/md_doc_statuscodes.html",
        Ports = [80, 443, 8080, 50051],
        Layer4 = "tcp",
        Priority = 0,
    };
}
