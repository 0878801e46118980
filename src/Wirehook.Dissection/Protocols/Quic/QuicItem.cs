using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>The hellos that open a QUIC connection.</summary>
internal sealed class QuicItem : Item
{
    private readonly TlsHandshake _handshake;
    private TlsClientHello? _request;
    private TlsServerHello? _response;

    /// <summary>An item of a connection whose first packets were read.</summary>
    public QuicItem(FlowContext context, TlsHandshake handshake, QuicDetails details)
        : base(context, handshake.ClientDirection, handshake.Started)
    {
        (_handshake, Details) = (handshake, details);
        (RequestSize, ResponseSize) = (handshake.RequestSize, handshake.ResponseSize);
        if (HasRequest && HasResponse) ElapsedMilliseconds = Math.Max(0, handshake.Answered.Since(handshake.Started)) / 1_000_000;
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = DeclareConnection();

    /// <summary>The connection.</summary>
    public QuicDetails Details { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => QuicModule.Quic;

    /// <inheritdoc/>
    public override bool HasRequest => _handshake.Client is not null;

    /// <inheritdoc/>
    public override bool HasResponse => _handshake.Server is not null;

    /// <inheritdoc/>
    public override Record? Request => _handshake.Client is { } hello ? _request ??= new TlsClientHello(hello, 'q') : null;

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _response ??= new TlsServerHello(_handshake) : null;

    private static RecordType DeclareConnection()
    {
        var shared = Declare("QuicItem", "The hellos that open a QUIC connection.", TlsClientHello.RecordType, TlsServerHello.RecordType);
        var quic = new Field("quic", "QuicDetails", "The connection as its first packets show it.", static r => FieldValue.From(((QuicItem)r).Details));
        return new RecordType(shared.Name, shared.Description, [.. shared.Fields, quic], [.. shared.References, QuicDetails.RecordType]);
    }
}
