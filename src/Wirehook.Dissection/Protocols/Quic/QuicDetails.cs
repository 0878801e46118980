using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>What is known of a QUIC connection besides its hellos.</summary>
internal sealed class QuicDetails : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("QuicDetails", "A QUIC connection as its first packets show it.",
    [
        new("version", "number", "The number of the version.", static r => FieldValue.From(Of(r).Version)),
        new("versionName", "string", "The name of the version, such as `QUIC 1`.", static r => FieldValue.From(QuicVersion.NameOf(Of(r).Version))),
        new("clientConnectionId", "string", "The id by which the client wants to be called, hexadecimal.", static r => FieldValue.From(Convert.ToHexStringLower(Of(r).ClientId))),
        new("serverConnectionId", "string", "The id by which the client calls the server first, hexadecimal.", static r => FieldValue.From(Convert.ToHexStringLower(Of(r).ServerId))),
        new("retry", "boolean", "Whether the server sent Retry: the client had to prove its address first.", static r => FieldValue.From(Of(r).IsRetried)),
        new("offeredVersions", "string[]", "The versions that the server offered instead of the client's; only present where it did.",
            static r => FieldValue.From(Of(r).OfferedVersions), Optional: true),
    ]);

    /// <summary>The version.</summary>
    public uint Version { get; set; }

    /// <summary>The client's connection id.</summary>
    public byte[] ClientId { get; set; } = [];

    /// <summary>The connection id that the client chose for the server.</summary>
    public byte[] ServerId { get; set; } = [];

    /// <summary>Whether Retry was seen.</summary>
    public bool IsRetried { get; set; }

    /// <summary>The versions of a version negotiation, or null.</summary>
    public FieldValue[]? OfferedVersions { get; set; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private static QuicDetails Of(Record record) => (QuicDetails)record;
}
