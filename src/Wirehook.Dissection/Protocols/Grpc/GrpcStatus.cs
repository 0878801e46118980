using System.Globalization;

namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>Names of gRPC's status codes (grpc.github.io, "Status codes and their use in gRPC").</summary>
internal static class GrpcStatus
{
    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>The name of <paramref name="status"/>, or its number.</summary>
    public static string NameOf(int status) => status >= 0 && status < Names.Length ? Names[status] : status.ToString(CultureInfo.InvariantCulture);
}
