using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Handshakes and alerts of DTLS over one UDP flow, as far as they are not encrypted. What is encrypted is passed over.</summary>
internal sealed class DtlsDissector(FlowContext context) : DatagramDissector
{
    private readonly DtlsTally _tally = context.Shared<DtlsTally>();
    private readonly Memory _memory = new();
    private readonly DtlsMessages _forward = new();
    private readonly DtlsMessages _reverse = new();
    private TlsHandshake _handshake = new();
    private bool _encrypted;

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        var records = 0;
        while (DtlsRecord.TryTake(ref data, out var record))
        {
            records++;
            _tally.CountRecord();
            if (record.Epoch > 0) OnEncrypted();
            else OnRecord(direction, record, timestamp);
        }

        Account();
        // Behind the handshake of DTLS 1.3 headers have another form; and STUN and media share ports with DTLS.
        return records > 0 || _handshake.Client is not null;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        Emit(ItemError.PairNotFound(_handshake.Client is null ? "The ClientHello was not found in the flow." : "The ServerHello was not found in the flow."));
        Clear();
    }

    private void OnRecord(Direction direction, in DtlsRecord record, Timestamp timestamp)
    {
        var body = record.Body;
        if (record.Type == ContentType.Handshake)
        {
            while (DtlsFragment.TryTake(ref body, out var fragment)) OnFragment(direction, fragment, timestamp);
        }
        else if (record.Type == ContentType.Alert && body is [var level and (1 or 2), not TlsAlert.CloseNotify])
        {
            Emit(null);
            var protocol = TlsProtocols.Of(_handshake.Version, TransportProtocol.Udp);
            context.Emit(new TlsAlertItem(context, _handshake.ClientDirection, direction, timestamp, protocol, new TlsAlert(level, body[1]), body.Length + 13));
        }
    }

    private void OnFragment(Direction direction, in DtlsFragment fragment, Timestamp timestamp)
    {
        _tally.CountFragment(fragment.Type);
        var messages = direction == Direction.Forward ? _forward : _reverse;
        // Message numbers begin at 0 with each association; behind a handshake such a hello is the next association of the same ports.
        if (fragment is { Type: HandshakeType.ClientHello, Number: 0, Offset: 0 } && _handshake.IsEmitted && IsOther(fragment.Data)) Restart();
        if (!messages.TryComplete(fragment, out var body)) return;
        if (fragment.Type == HandshakeType.ClientHello) OnClientHello(direction, body, timestamp);
        else if (fragment.Type == HandshakeType.ServerHello) OnServerHello(direction, body, timestamp);
        else if (fragment.Type == HandshakeType.Certificate && !_handshake.IsEmitted) OnCertificate(direction, new CertificateMessage(context.Arena.Keep(body), false));
    }

    /// <summary>Whether a ClientHello, of which at least the beginning is there, is not the one that is known.</summary>
    private bool IsOther(ReadOnlySpan<byte> hello) => hello.Length >= HelloLayout.RandomEnd && _handshake.Client?.Random.SequenceEqual(HelloLayout.Random(hello)) == false;

    private void Restart()
    {
        _forward.Restart();
        _reverse.Restart();
        _encrypted = false;
    }

    private void OnClientHello(Direction direction, ReadOnlySpan<byte> body, Timestamp timestamp)
    {
        if (!HelloLayout.TryReadClient(body, out var layout)) return;
        if (_handshake.Client is { } first && first.Random.SequenceEqual(HelloLayout.Random(body)))
        {
            // The server asked for the client's cookie first (HelloVerifyRequest, HelloRetryRequest).
            _handshake.IsRetried = true;
            return;
        }

        Emit(null);
        _handshake = new TlsHandshake { Client = new Hello(context.Arena.Keep(body), layout), ClientDirection = direction, Started = timestamp, RequestSize = body.Length + 25 };
    }

    private void OnServerHello(Direction direction, ReadOnlySpan<byte> body, Timestamp timestamp)
    {
        if (_handshake.IsEmitted || _handshake.Server is { IsRetryRequest: false } || !HelloLayout.TryReadServer(body, out var layout)) return;
        if (_handshake.Client is null) (_handshake.ClientDirection, _handshake.Started) = (direction ^ Direction.Reverse, timestamp);
        (_handshake.Server, _handshake.Answered, _handshake.ResponseSize) = (new Hello(context.Arena.Keep(body), layout), timestamp, body.Length + 25);
        if (_handshake.Version == TlsVersion.Dtls13 && !_handshake.Server.IsRetryRequest) Emit(null);
    }

    private void OnCertificate(Direction direction, in CertificateMessage message)
    {
        if (direction == _handshake.ClientDirection) _handshake.ClientCertificate = message;
        else _handshake.ServerCertificate = message;
    }

    private void OnEncrypted()
    {
        _encrypted = true;
        if (_handshake.Server is not null) Emit(null);
    }

    private void Emit(ItemError? because)
    {
        if (_handshake.IsEmitted || (_handshake.Client is null && _handshake.Server is null)) return;
        _handshake.IsEmitted = true;
        var outcome = _handshake.Server is null || !(_encrypted || _handshake.Version == TlsVersion.Dtls13) ? TlsDecryption.NotEncrypted : TlsDecryption.UnsupportedVersion(_handshake.Version);
        if (outcome != TlsDecryption.NotEncrypted) context.Shared<TlsShared>().Losses(context).Count(outcome);
        var whole = _handshake.Client is not null && _handshake.Server is not null;
        context.Emit(new TlsItem(context, _handshake, outcome, 'd') { Error = whole ? null : because });
    }

    private void Clear()
    {
        _forward.Clear();
        _reverse.Clear();
        if (!_handshake.IsEmitted) _handshake = new TlsHandshake();
        Account();
    }

    private void Account()
    {
        _memory.Dissector = this;
        var held = _forward.Held + _reverse.Held + (_handshake.IsEmitted ? 0 : _handshake.Held);
        if (held != _memory.HeldBytes) context.Memory.ReportStream(_memory, held);
    }

    /// <summary>What the flow holds, which memory pressure may take.</summary>
    private sealed class Memory : MemoryHolder
    {
        public DtlsDissector? Dissector { get; set; }

        internal override void Release(Timestamp now) => Dissector?.OnEnd(FlowEnd.Evicted, now);
    }
}
