using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>A TLS handshake: what the client offered and what the server chose.</summary>
internal sealed class TlsItem : Item
{
    private readonly TlsHandshake _handshake;
    private readonly char _transport;
    private TlsClientHello? _request;
    private TlsServerHello? _response;
    private FieldValue[]? _warnings;
    private FieldValue[]? _certificates;
    private bool _certificatesRead;

    /// <summary>An item of a handshake that nothing is added to any more.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="handshake">The handshake.</param>
    /// <param name="decryption">Whether the connection can be read.</param>
    /// <param name="transport">The letter of JA4.</param>
    public TlsItem(FlowContext context, TlsHandshake handshake, TlsDecryption decryption, char transport = 't')
        : base(context, handshake.ClientDirection, handshake.Started)
    {
        (_handshake, Decryption, _transport) = (handshake, decryption, transport);
        (RequestSize, ResponseSize) = (handshake.RequestSize, handshake.ResponseSize);
        if (HasRequest && HasResponse) ElapsedMilliseconds = Math.Max(0, handshake.Answered.Since(handshake.Started)) / 1_000_000;
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = DeclareHandshake();

    /// <summary>Whether the connection's encrypted data could be read when the item was made.</summary>
    public TlsDecryption Decryption { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => TlsProtocols.Of(_handshake.Version, Context.Flow.Transport);

    /// <inheritdoc/>
    public override bool HasRequest => _handshake.Client is not null;

    /// <inheritdoc/>
    public override bool HasResponse => _handshake.Server is not null;

    /// <inheritdoc/>
    public override Record? Request => _handshake.Client is not { } hello ? null : _request ??= new TlsClientHello(hello, _transport)
    {
        Certificates = CertificateList.Read(_handshake.ClientCertificate, TlsVersion.IsTls13(_handshake.Version)),
    };

    /// <inheritdoc/>
    public override Record? Response => HasResponse ? _response ??= new TlsServerHello(_handshake) { Certificates = Certificates } : null;

    private FieldValue[]? Certificates
    {
        get
        {
            if (!_certificatesRead) (_certificates, _certificatesRead) = (CertificateList.Read(_handshake.ServerCertificate, TlsVersion.IsTls13(_handshake.Version)), true);
            return _certificates;
        }
    }

    private static RecordType DeclareHandshake()
    {
        var shared = Declare("TlsItem", "A TLS handshake: what the client offers and what the server chooses.", TlsClientHello.RecordType, TlsServerHello.RecordType);
        Field[] own =
        [
            new("decryption", "TlsDecryption", "Whether the connection's encrypted data can be read.", static r => FieldValue.From(((TlsItem)r).Decryption)),
            new("warnings", "string[]", "What is weak about what was agreed on; empty where nothing is.", static r => FieldValue.From(((TlsItem)r).Warnings)),
        ];
        return new RecordType(shared.Name, shared.Description, [.. shared.Fields, .. own], [.. shared.References, TlsDecryption.RecordType]);
    }

    private FieldValue[] Warnings => _warnings ??= TlsWarnings.Of(_handshake, Certificates, Timestamp);
}
