using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Secrets;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What became of a record that was to be read.</summary>
internal enum TlsReadResult
{
    /// <summary>It was read, or given up.</summary>
    Done,

    /// <summary>The key log lacks the secret that it needs.</summary>
    NeedsSecret,
}

/// <summary>Opens the encrypted records of a connection whose keys are known, and passes the application data on.</summary>
/// <param name="context">The stream's context.</param>
/// <param name="shared">What connections share.</param>
/// <param name="handshakes">The connection's handshakes.</param>
/// <param name="connection">The connection.</param>
internal sealed class TlsReader(FlowContext context, TlsShared shared, TlsHandshakes handshakes, TlsConnection connection)
{
    private const int MostFailures = 32;

    /// <summary>Records of early data that are passed over because their secret is unknown or the server refused them.</summary>
    private const int MostEarlyRecords = 1024;

    private TlsKeys? _keys;
    private CarriedStream? _carried;
    private bool _opened;
    private int _earlyRecords;

    /// <summary>The secret that the last record lacked; null where none did.</summary>
    public SecretKind? MissingSecret { get; private set; }

    /// <summary>Uses the keys of a handshake from the next epoch on; those of before stay in use until then.</summary>
    public void Use(TlsKeys keys)
    {
        if (_keys?.Handshake == keys.Handshake) return;
        _keys = keys;
        var early = keys.IsTls13 && keys.Handshake is { IsRetried: false, Client: { } hello } && hello.Has(ExtensionType.EarlyData);
        _earlyRecords = early ? MostEarlyRecords : 0;
        if (early && keys.Secrets.Find(SecretKind.ClientEarly) is not null) handshakes.SideOf(handshakes.Client).Enter(TlsStage.Early);
    }

    /// <summary>Reads an encrypted record.</summary>
    public TlsReadResult Read(Direction direction, ReadOnlySpan<byte> record, Timestamp timestamp)
    {
        var side = handshakes.SideOf(direction);
        var isClient = direction == handshakes.Client;
        if (_keys is null || side.Failures > MostFailures) return TlsReadResult.Done;
        if (!side.TryArm(_keys, isClient))
        {
            MissingSecret = side.NeededSecret(_keys.IsTls13, isClient);
            return TlsReadResult.NeedsSecret;
        }

        MissingSecret = null;
        var buffer = shared.Rent();
        try
        {
            if (TryOpen(side, isClient, record, buffer, out var length)) OnOpened(direction, side, record[0], buffer.AsSpan(0, length), timestamp);
            else OnUnopened(direction, side, isClient, record.Length, timestamp);
        }
        finally
        {
            shared.Return(buffer);
        }

        return TlsReadResult.Done;
    }

    /// <summary>Takes the content of an alert: an item, unless it only says that a side is done.</summary>
    public void OnAlert(Direction direction, ReadOnlySpan<byte> body, bool encrypted, Timestamp timestamp)
    {
        if (body.Length != 2) return;
        if (body[1] == TlsAlert.CloseNotify)
        {
            if (encrypted) OnDirectionEnd(direction, timestamp);
            return;
        }

        handshakes.Emit(_opened ? TlsDecryption.Decrypted : TlsDecryption.NotEncrypted);
        var protocol = TlsProtocols.Of(handshakes.Current.Version, context.Flow.Transport);
        context.Emit(new TlsAlertItem(context, handshakes.Client, direction, timestamp, protocol, new TlsAlert(body[0], body[1]), RecordHeader.Length + body.Length));
    }

    /// <summary>Bytes are missing.</summary>
    public void OnGap(Direction direction, long length, int records, Timestamp timestamp)
    {
        handshakes.SideOf(direction).OnLost(records);
        _carried?.OnGap(direction, length, timestamp);
    }

    /// <summary>One side is complete.</summary>
    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
        if (handshakes.SideOf(direction).IsClosed) return;
        handshakes.SideOf(direction).IsClosed = true;
        _carried?.OnDirectionEnd(direction, timestamp);
    }

    /// <summary>Nothing more can be read.</summary>
    public void Close(Timestamp timestamp)
    {
        _carried?.OnGap(Direction.Forward, 0, timestamp);
        _carried?.OnGap(Direction.Reverse, 0, timestamp);
    }

    /// <summary>The connection is over.</summary>
    public void End(FlowEnd end, Timestamp timestamp) => _carried?.OnEnd(end, timestamp);

    private bool TryOpen(TlsSide side, bool isClient, ReadOnlySpan<byte> record, Span<byte> buffer, out int length)
    {
        if (side.TryOpen(record, buffer, out length)) return true;
        if (!_keys!.IsTls13 || !MayHaveMovedOn(side)) return false;
        // The message that ends the epoch was lost, or the server refused the early data.
        var unsure = side.IsUnsure;
        side.Enter(side.Stage + 1);
        if (unsure) side.OnLost(-1);
        return side.TryArm(_keys, isClient) && side.TryOpen(record, buffer, out length);
    }

    private static bool MayHaveMovedOn(TlsSide side) => side.Stage == TlsStage.Early || (side.Stage == TlsStage.Handshake && side.IsUnsure);

    private void OnOpened(Direction direction, TlsSide side, byte type, ReadOnlySpan<byte> content, Timestamp timestamp)
    {
        _opened = true;
        if (direction == handshakes.Client && side.Stage == TlsStage.Handshake) _earlyRecords = 0;
        if (!_keys!.IsTls13)
        {
            handshakes.Settle(TlsDecryption.Decrypted);
        }
        else
        {
            // The true type is the last byte that is not zero (RFC 8446 §5.2).
            var end = content.LastIndexOfAnyExcept((byte)0);
            if (end < 0) return;
            type = content[end];
            content = content[..end];
        }

        switch (type)
        {
            case ContentType.ApplicationData:
                OnData(direction, content, timestamp);
                break;
            case ContentType.Handshake:
                OnHandshake(direction, side, content, timestamp);
                break;
            case ContentType.Alert:
                OnAlert(direction, content, encrypted: true, timestamp);
                break;
            case ContentType.ChangeCipherSpec when !_keys.IsTls13:
                side.Enter(TlsStage.Handshake);
                break;
        }
    }

    private void OnData(Direction direction, ReadOnlySpan<byte> content, Timestamp timestamp)
    {
        handshakes.Settle(TlsDecryption.Decrypted);
        handshakes.Emit(TlsDecryption.Decrypted);
        _carried ??= context.Carry(tls: true, atStart: handshakes.IsWhole, Upgrade());
        _carried.OnData(direction, content, timestamp);
    }

    private void OnHandshake(Direction direction, TlsSide side, ReadOnlySpan<byte> content, Timestamp timestamp)
    {
        var decided = false;
        while (side.Messages.TryRead(ref content, context.Options.HeadLimit, out var type, out var body))
        {
            if (_keys!.Parameters.Cipher == BulkCipher.None) shared.Tally.CountHandshake(type);
            if (!_keys.IsTls13 || type is not (HandshakeType.ClientHello or HandshakeType.ServerHello))
                decided |= handshakes.OnMessage(direction, type, body, timestamp, timestamp);
            if (_keys.IsTls13) OnTls13Message(direction, side, type);
        }

        if (decided) connection.Decide();
    }

    private void OnTls13Message(Direction direction, TlsSide side, byte type)
    {
        switch (type)
        {
            case HandshakeType.Finished when side.Stage == TlsStage.Handshake:
                side.Enter(TlsStage.Traffic);
                if (direction != handshakes.Client) handshakes.Settle(TlsDecryption.Decrypted);
                break;
            case HandshakeType.EndOfEarlyData when side.Stage == TlsStage.Early:
                side.Enter(TlsStage.Handshake);
                break;
            case HandshakeType.KeyUpdate when side.Stage == TlsStage.Traffic:
                side.UpdateKey(_keys!);
                break;
        }
    }

    private void OnUnopened(Direction direction, TlsSide side, bool isClient, int length, Timestamp timestamp)
    {
        if (isClient && side.Stage != TlsStage.Traffic && _earlyRecords > 0)
        {
            _earlyRecords--;
            return;
        }

        shared.Losses(context).Records.Add();
        if (!_opened && !side.IsUnsure)
        {
            connection.Close(TlsDecryption.WrongKey);
            return;
        }

        side.OnFailure();
        if (side.Failures == MostFailures && !_opened) connection.Close(TlsDecryption.Gap);
        else _carried?.OnGap(direction, length, timestamp);
    }

    /// <summary>What is known of the protocol inside: what STARTTLS interrupted, or what ALPN chose.</summary>
    private Upgrade? Upgrade()
    {
        if (context.Upgrade is { Inner: { } inner } outer) return new Upgrade(inner) { Inner = inner, State = outer.State, ClientDirection = handshakes.Client };
        return handshakes.Current.ApplicationProtocol switch
        {
            "" => null,
            "http/1.1" or "http/1.0" => new Upgrade("http") { ClientDirection = handshakes.Client },
            var name => new Upgrade(name) { ClientDirection = handshakes.Client },
        };
    }
}
