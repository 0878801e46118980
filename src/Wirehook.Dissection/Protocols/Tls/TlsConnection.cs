using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Secrets;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>
/// One TLS connection: follows its handshakes, finds keys and reads what is encrypted, waiting for keys where they may still come. It outlives its flow while
/// it waits. What it holds counts against the engine's memory.
/// </summary>
internal sealed class TlsConnection : MemoryHolder
{
    private readonly FlowContext _context;
    private readonly TlsShared _shared;
    private readonly TlsKeyWaits _waits;
    private readonly TlsHandshakes _handshakes;
    private readonly TlsReader _reader;
    private readonly TlsBacklog _backlog = new();
    private LinkedListNode<TlsConnection>? _wait;
    private ClientRandom _awaited;
    private Timestamp _waitingSince;
    private State _state;
    private bool _draining;
    private FlowEnd? _ended;
    private Timestamp _endedAt;

    /// <summary>A connection of <paramref name="context"/>'s stream.</summary>
    public TlsConnection(FlowContext context)
    {
        (_context, _shared, _waits) = (context, context.Shared<TlsShared>(), context.Shared<TlsKeyWaits>());
        _handshakes = new TlsHandshakes(context, _shared);
        _reader = new TlsReader(context, _shared, _handshakes, this);
    }

    private enum State : byte
    {
        /// <summary>No ServerHello yet.</summary>
        Undecided,

        /// <summary>Encrypted records wait for their keys.</summary>
        Waiting,

        /// <summary>Encrypted records are opened.</summary>
        Reading,

        /// <summary>Encrypted records are passed over.</summary>
        Closed,
    }

    /// <summary>Whether a hello was seen, so that the connection is TLS beyond doubt.</summary>
    public bool HasHello => _handshakes.HasHello;

    /// <summary>Whether the record has to be there as a whole; others are only counted.</summary>
    public bool Wants(Direction direction, in RecordHeader header) => _state != State.Closed || !_handshakes.IsEncrypted(direction, header.Type);

    /// <summary>Counts a record that is passed over.</summary>
    public void OnPassed(in RecordHeader header) => _shared.Tally.CountRecord(header.Type, _handshakes.IsTls13);

    /// <summary>Digests a whole record.</summary>
    public void OnRecord(Direction direction, ReadOnlySpan<byte> record, Timestamp started, Timestamp timestamp)
    {
        var type = record[0];
        _shared.Tally.CountRecord(type, _handshakes.IsTls13);
        _waits.Poll();
        if (!_handshakes.IsEncrypted(direction, type)) OnPlain(direction, type, record[RecordHeader.Length..], started, timestamp);
        else OnEncrypted(direction, record, timestamp);
        Account();
    }

    /// <summary>Digests a ClientHello that came in the form of SSL 2.0.</summary>
    public void OnOldHello(Direction direction, ReadOnlySpan<byte> hello, int size, Timestamp timestamp)
    {
        _handshakes.OnClientHello(direction, hello, size, timestamp);
        _shared.Tally.CountHandshake(HandshakeType.ClientHello);
        Account();
    }

    /// <summary>Bytes are missing.</summary>
    /// <param name="direction">Whose.</param>
    /// <param name="length">How many.</param>
    /// <param name="records">How many records they end, the interrupted one included; -1 where that is unknown.</param>
    /// <param name="timestamp">When.</param>
    public void OnGap(Direction direction, long length, int records, Timestamp timestamp)
    {
        _handshakes.OnGap(direction);
        if (_state == State.Waiting) _backlog.Add(new BacklogEntry(BacklogKind.Gap, direction, timestamp, length, records));
        else _reader.OnGap(direction, length, records, timestamp);
        Account();
    }

    /// <summary>One side is complete.</summary>
    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
        if (_state == State.Waiting) _backlog.Add(new BacklogEntry(BacklogKind.DirectionEnd, direction, timestamp, 0, 0));
        else _reader.OnDirectionEnd(direction, timestamp);
        Account();
    }

    /// <summary>The flow is over. While keys are awaited, the connection goes on without it.</summary>
    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        (_ended, _endedAt) = (end, timestamp);
        _waits.Poll();
        if (_state != State.Waiting) Finish();
        else Account();
    }

    /// <summary>The stream is not TLS: lets go of what is held, without a word.</summary>
    public void Forget()
    {
        _backlog.Clear();
        _handshakes.Release();
        Account();
    }

    /// <summary>Secrets of this connection have come.</summary>
    public void OnKeys()
    {
        StopWaiting();
        Decide();
        if (_ended is not null && _state != State.Waiting) Finish();
        else Account();
    }

    /// <summary>Whether the keys were awaited for as long as is allowed.</summary>
    public bool IsWaitOver(Timestamp now) => now.Since(_waitingSince) >= _context.Options.KeyWait;

    /// <summary>Nobody waits for the keys any longer.</summary>
    public void GiveUpKeys(TlsDecryption outcome)
    {
        StopWaiting();
        Close(_reader.MissingSecret is { } secret ? TlsDecryption.NoSecret(secret) : outcome);
        if (_ended is not null) Finish();
        else Account();
    }

    /// <summary>Encrypted records can no longer be read.</summary>
    internal void Close(TlsDecryption outcome)
    {
        if (_state == State.Closed) return;
        _state = State.Closed;
        _backlog.Clear();
        _reader.Close(_ended is null ? _context.Memory.Now : _endedAt);
        _shared.Losses(_context).Count(outcome);
        _handshakes.Settle(outcome);
    }

    /// <summary>A ServerHello says what is to be read how.</summary>
    internal void Decide()
    {
        if (_state is State.Closed or State.Waiting) return;
        var handshake = _handshakes.Current;
        if (handshake.Client is null)
        {
            Close(TlsDecryption.MissingStart);
            return;
        }

        if (CipherParameters.Of(handshake.Server!.Suite) is { Cipher: BulkCipher.None } plain)
        {
            Read(new TlsKeys(handshake, plain, new ConnectionSecrets()));
            return;
        }

        if (_context.Options.Keys is not { IsUseful: true } log)
        {
            Close(TlsDecryption.NoKeyLog);
            return;
        }

        if (!TryUnderstand(handshake, out var parameters)) return;
        if (log.Find(handshake.Client.ClientRandom) is not { } secrets)
        {
            WaitForKeys(TlsDecryption.NoKey);
            return;
        }

        Read(new TlsKeys(handshake, parameters, secrets));
    }

    internal override void Release(Timestamp now)
    {
        if (_state == State.Waiting) GiveUpKeys(TlsDecryption.TooMuchWaited);
        if (_state == State.Undecided) Close(TlsDecryption.Gap);
        _handshakes.OnGap(Direction.Forward);
        _handshakes.OnGap(Direction.Reverse);
        _handshakes.Emit(TlsDecryption.Gap);
        Account();
    }

    private void Read(TlsKeys keys)
    {
        _reader.Use(keys);
        _state = State.Reading;
        Drain();
    }

    private bool TryUnderstand(TlsHandshake handshake, out CipherParameters parameters)
    {
        var (version, suite) = (handshake.Version, handshake.Server!.Suite);
        var tls13 = TlsVersion.IsTls13(version);
        parameters = CipherParameters.Of(suite)!;
        if (tls13 ? !TlsVersion.IsUsableTls13(version) : version is < TlsVersion.Tls10 or > TlsVersion.Tls12) Close(TlsDecryption.UnsupportedVersion(version));
        else if (parameters is null || parameters.IsTls13 != tls13) Close(TlsDecryption.UnsupportedSuite(suite));
        return _state != State.Closed;
    }

    private void OnPlain(Direction direction, byte type, ReadOnlySpan<byte> body, Timestamp started, Timestamp timestamp)
    {
        switch (type)
        {
            case ContentType.Handshake:
                if (_handshakes.OnPlain(direction, body, started, timestamp)) Decide();
                break;
            case ContentType.ChangeCipherSpec:
                _handshakes.OnChangeCipherSpec(direction);
                break;
            case ContentType.Alert:
                _reader.OnAlert(direction, body, encrypted: false, timestamp);
                break;
        }
    }

    private void OnEncrypted(Direction direction, ReadOnlySpan<byte> record, Timestamp timestamp)
    {
        _handshakes.OnEncrypted(direction, timestamp);
        switch (_state)
        {
            case State.Undecided when _handshakes.Current.Client is null:
                Close(TlsDecryption.MissingStart);
                break;
            case State.Undecided when _context.Options.Keys is not { IsUseful: true }:
                break;
            case State.Undecided or State.Waiting:
                Hold(direction, record, timestamp);
                break;
            case State.Reading when _reader.Read(direction, record, timestamp) == TlsReadResult.NeedsSecret:
                Hold(direction, record, timestamp);
                WaitForKeys(TlsDecryption.NoSecret(_reader.MissingSecret));
                break;
        }
    }

    private void Hold(Direction direction, ReadOnlySpan<byte> record, Timestamp timestamp)
    {
        if (_backlog.Held + record.Length <= _context.Options.BufferLimit)
        {
            _backlog.AddRecord(direction, record, timestamp);
            return;
        }

        if (_state == State.Waiting) GiveUpKeys(TlsDecryption.TooMuchWaited);
        else Close(TlsDecryption.Gap);
    }

    /// <summary>Waits where keys may still come, otherwise gives up at once.</summary>
    private void WaitForKeys(TlsDecryption otherwise)
    {
        if (_context.Options.Keys is not { MoreMayCome: true } keys)
        {
            Close(otherwise);
            return;
        }

        (_state, _waitingSince, _awaited) = (State.Waiting, _context.Memory.Now, _handshakes.Current.Client!.ClientRandom);
        _wait = _waits.Add(keys, _awaited, _reader.MissingSecret, this);
    }

    private void StopWaiting()
    {
        if (_wait is not null) _waits.Remove(_awaited, _wait);
        (_wait, _state) = (null, State.Reading);
    }

    /// <summary>Reads what has waited, in order, until a secret is missing again.</summary>
    private void Drain()
    {
        // A handshake inside the encryption may decide anew while a record of the backlog is read.
        if (_draining) return;
        _draining = true;
        while (_state == State.Reading && !_backlog.IsEmpty)
        {
            var entry = _backlog.Peek(out var record);
            if (entry.Kind == BacklogKind.Gap) _reader.OnGap(entry.Direction, entry.Length, entry.RecordsLost, entry.Timestamp);
            else if (entry.Kind == BacklogKind.DirectionEnd) _reader.OnDirectionEnd(entry.Direction, entry.Timestamp);
            else if (_reader.Read(entry.Direction, record, entry.Timestamp) == TlsReadResult.NeedsSecret)
            {
                WaitForKeys(TlsDecryption.NoSecret(_reader.MissingSecret));
                break;
            }

            // A connection that is given up has no backlog any more.
            if (_state != State.Closed) _backlog.Remove();
        }

        _draining = false;
    }

    private void Finish()
    {
        _handshakes.End(_ended!.Value, _endedAt);
        _reader.End(_ended.Value, _endedAt);
        (_state, _ended) = (State.Closed, null);
        _backlog.Clear();
        Account();
    }

    private void Account()
    {
        var held = _backlog.Held + _handshakes.Held;
        if (held != HeldBytes) _context.Memory.ReportStream(this, held);
    }
}
