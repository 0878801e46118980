using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>The handshakes of one connection, one after another: gathers their messages and emits an item for each once all that it shows is known.</summary>
/// <param name="context">The stream's context.</param>
/// <param name="shared">What connections share.</param>
internal sealed class TlsHandshakes(FlowContext context, TlsShared shared)
{
    private const int MessageOverhead = HandshakeBuffer.HeaderLength + RecordHeader.Length;
    private readonly TlsSide _forward = new();
    private readonly TlsSide _reverse = new();
    private TlsDecryption? _outcome;
    private bool _gap;
    private bool _encryptedSeen;
    private Timestamp _firstEncrypted;

    /// <summary>The latest handshake.</summary>
    public TlsHandshake Current { get; private set; } = new();

    /// <summary>Whether TLS 1.3 was agreed on.</summary>
    public bool IsTls13 { get; private set; }

    /// <summary>Whether a hello was seen.</summary>
    public bool HasHello => Current.Client is not null || Current.Server is not null;

    /// <summary>Whether every byte since the start of the connection was seen.</summary>
    public bool IsWhole => context.AtStart && !_gap;

    /// <summary>Bytes of memory that it holds.</summary>
    public int Held => _forward.Messages.Held + _reverse.Messages.Held + (Current.IsEmitted ? 0 : (int)Current.Held);

    /// <summary>The direction of the client.</summary>
    public Direction Client => Current.ClientDirection;

    /// <summary>One direction.</summary>
    public TlsSide SideOf(Direction direction) => direction == Direction.Forward ? _forward : _reverse;

    /// <summary>Whether a record of <paramref name="type"/> is encrypted.</summary>
    public bool IsEncrypted(Direction direction, byte type) => type == ContentType.ApplicationData || (!IsTls13 && SideOf(direction).IsEncrypted);

    /// <summary>Takes handshake bytes in the clear. Whether they hold a ServerHello that says what follows.</summary>
    public bool OnPlain(Direction direction, ReadOnlySpan<byte> bytes, Timestamp started, Timestamp timestamp)
    {
        var (side, decided) = (SideOf(direction), false);
        while (side.Messages.TryRead(ref bytes, context.Options.HeadLimit, out var type, out var body))
        {
            if (!HandshakeType.IsKnown(type))
            {
                side.Messages.Clear();
                break;
            }

            shared.Tally.CountHandshake(type);
            decided |= OnMessage(direction, type, body, started, timestamp);
        }

        return decided;
    }

    /// <summary>Takes a handshake message, which may have been decrypted. Whether it is a ServerHello that says what follows.</summary>
    public bool OnMessage(Direction direction, byte type, ReadOnlySpan<byte> body, Timestamp started, Timestamp timestamp)
    {
        switch (type)
        {
            case HandshakeType.ClientHello:
                OnClientHello(direction, body, body.Length + MessageOverhead, started);
                return false;
            case HandshakeType.ServerHello:
                return OnServerHello(direction, body, timestamp);
            case HandshakeType.Certificate:
                if (!Current.IsEmitted) OnCertificate(direction, new CertificateMessage(context.Arena.Keep(body), false));
                return false;
            case HandshakeType.CompressedCertificate:
                if (!Current.IsEmitted) OnCertificate(direction, new CertificateMessage(context.Arena.Keep(body), true));
                return false;
            case HandshakeType.EncryptedExtensions when !Current.IsEmitted && direction != Client:
                Current.EncryptedExtensions = context.Arena.Keep(body);
                return false;
            default:
                return false;
        }
    }

    /// <summary>A client's hello begins a handshake, unless it repeats one that the server sent back.</summary>
    public void OnClientHello(Direction direction, ReadOnlySpan<byte> body, int size, Timestamp started)
    {
        if (!HelloLayout.TryReadClient(body, out var layout)) return;
        if (Current.Client is { } first)
        {
            if (first.Random.SequenceEqual(HelloLayout.Random(body)) && (Current.Server is null || Current.Server.IsRetryRequest))
            {
                Current.IsRetried = true;
                return;
            }

            Emit(TlsDecryption.NotEncrypted);
        }

        Current = new TlsHandshake { Client = new Hello(context.Arena.Keep(body), layout), ClientDirection = direction, Started = started, RequestSize = size };
    }

    /// <summary>Records behind it are encrypted, before TLS 1.3.</summary>
    public void OnChangeCipherSpec(Direction direction)
    {
        if (IsTls13) return;
        SideOf(direction).IsEncrypted = true;
        SideOf(direction).Messages.Clear();
        EmitIfSettled();
    }

    /// <summary>An encrypted record came.</summary>
    public void OnEncrypted(Direction direction, Timestamp timestamp)
    {
        if (_encryptedSeen) return;
        (_encryptedSeen, _firstEncrypted) = (true, timestamp);
        if (Current.Client is null && Current.Server is null) Current.ClientDirection = Direction.Forward;
    }

    /// <summary>Bytes of a direction are missing.</summary>
    public void OnGap(Direction direction)
    {
        SideOf(direction).Messages.Clear();
        _gap = true;
    }

    /// <summary>Whether the connection can be read is known.</summary>
    public void Settle(TlsDecryption outcome)
    {
        _outcome = outcome;
        EmitIfSettled();
    }

    /// <summary>Emits the current handshake, where it has a hello and was not emitted yet.</summary>
    /// <param name="otherwise">The outcome where none is known yet.</param>
    /// <param name="because">Why a message is missing, or null.</param>
    public void Emit(TlsDecryption otherwise, ItemError? because = null)
    {
        var handshake = Current;
        if (handshake.IsEmitted || (handshake.Client is null && handshake.Server is null)) return;
        handshake.IsEmitted = true;
        if (handshake.Client is not null && handshake.Server is not null) because = null;
        context.Emit(new TlsItem(context, handshake, _outcome ?? otherwise) { Error = because });
    }

    /// <summary>The flow is over: what is incomplete leaves.</summary>
    public void End(FlowEnd end, Timestamp timestamp)
    {
        if (Current is { Client: null, Server: null, IsEmitted: false } && _encryptedSeen)
        {
            Current.IsEmitted = true;
            Current.Started = _firstEncrypted;
            context.Emit(new TlsItem(context, Current, TlsDecryption.MissingStart) { Error = ItemError.Gap("The connection's handshake was not captured.") });
        }

        Emit(_encryptedSeen ? TlsDecryption.Gap : TlsDecryption.NotEncrypted, ErrorAt(end));
        Release();
    }

    /// <summary>Lets go of ciphers and of what is incomplete.</summary>
    public void Release()
    {
        Current = new TlsHandshake();
        _forward.End();
        _reverse.End();
    }

    private bool OnServerHello(Direction direction, ReadOnlySpan<byte> body, Timestamp timestamp)
    {
        if (!HelloLayout.TryReadServer(body, out var layout) || Current.IsEmitted) return false;
        if (Current.Server is { IsRetryRequest: false }) return false;
        var hello = new Hello(context.Arena.Keep(body), layout);
        if (Current.Client is null) (Current.ClientDirection, Current.Started) = (direction ^ Direction.Reverse, timestamp);
        else if (Current.ClientDirection == direction) return false;
        (Current.Server, Current.Answered, Current.ResponseSize) = (hello, timestamp, body.Length + MessageOverhead);
        IsTls13 = TlsVersion.IsTls13(hello.ChosenVersion);
        Current.IsRetried |= hello.IsRetryRequest;
        return !hello.IsRetryRequest;
    }

    private void OnCertificate(Direction direction, in CertificateMessage message)
    {
        if (direction == Client) Current.ClientCertificate = message;
        else Current.ServerCertificate = message;
    }

    /// <summary>Before TLS 1.3 the messages in the clear end with both sides' ChangeCipherSpec; then the item is complete.</summary>
    private void EmitIfSettled()
    {
        if (_outcome is null || Current.Server is null) return;
        if (IsTls13 || (_forward.IsEncrypted && _reverse.IsEncrypted)) Emit(_outcome);
    }

    private ItemError ErrorAt(FlowEnd end)
    {
        var missing = Current.Client is null ? "ClientHello" : "ServerHello";
        if (_gap || !context.AtStart) return ItemError.Gap($"The {missing} was not captured.");
        return end switch
        {
            FlowEnd.Reset => ItemError.Connection($"The connection was reset before the {missing} was seen."),
            FlowEnd.Expired => ItemError.Timeout($"No {missing} was seen before the stream became idle."),
            _ => ItemError.PairNotFound($"The {missing} was not found in the stream."),
        };
    }
}
