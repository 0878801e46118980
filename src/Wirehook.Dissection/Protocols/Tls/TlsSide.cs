using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>The epochs of one side's records in TLS 1.3.</summary>
internal enum TlsStage : byte
{
    /// <summary>Data before the handshake is over (0-RTT); only of the client.</summary>
    Early,

    /// <summary>The rest of the handshake.</summary>
    Handshake,

    /// <summary>Application data.</summary>
    Traffic,
}

/// <summary>One direction of a TLS connection: its incomplete handshake message, and the cipher of its records.</summary>
internal sealed class TlsSide
{
    /// <summary>Record numbers that are tried where a gap swallowed an unknown number of records.</summary>
    private const int MostSwallowed = 64;

    /// <summary>Attempts in all, as each costs the decryption of a record.</summary>
    private const int MostAttempts = 512;

    /// <summary>Handshake messages that come in pieces.</summary>
    public HandshakeBuffer Messages;

    private RecordCipher? _cipher;
    private byte[]? _secret;
    private ulong _sequence;
    private int _attempts;

    /// <summary>Whether ChangeCipherSpec came: the records behind it are encrypted, before TLS 1.3.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>Whether the side said that it sends no more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The current epoch, in TLS 1.3.</summary>
    public TlsStage Stage { get; private set; } = TlsStage.Handshake;

    /// <summary>Whether records were lost, so that the next one's number is not certain.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Records in a row that did not open.</summary>
    public int Failures { get; private set; }

    /// <summary>The secret that the next record needs.</summary>
    /// <param name="tls13">Whether the version is TLS 1.3.</param>
    /// <param name="client">Whether the side is the client's.</param>
    public SecretKind NeededSecret(bool tls13, bool client) => !tls13 ? SecretKind.Master : SecretOf(Stage, client);

    /// <summary>The next epoch begins: its cipher is made when a record needs it.</summary>
    public void Enter(TlsStage stage)
    {
        _cipher?.Dispose();
        (_cipher, _secret, _sequence, Stage, IsUnsure) = (null, null, 0, stage, false);
    }

    /// <summary>Makes the current epoch's cipher where it is not there yet. False while the secret is not known.</summary>
    public bool TryArm(TlsKeys keys, bool client)
    {
        if (_cipher is not null) return true;
        if (!keys.IsTls13) return (_cipher = keys.ForTls12(client)) is not null;
        _secret = keys.Secrets.Find(SecretOf(Stage, client));
        if (_secret is null) return false;
        _cipher = RecordCipher.ForTls13(keys.Parameters, _secret);
        return true;
    }

    /// <summary>KeyUpdate: the next records use the next secret (RFC 8446 §7.2).</summary>
    public void UpdateKey(TlsKeys keys)
    {
        if (_secret is null) return;
        var next = KeySchedule.ExpandLabel(keys.Parameters.Hash, _secret, "traffic upd", _secret.Length);
        Enter(TlsStage.Traffic);
        (_secret, _cipher) = (next, RecordCipher.ForTls13(keys.Parameters, next));
    }

    /// <summary>Records are missing.</summary>
    /// <param name="count">How many; -1 where that is unknown.</param>
    public void OnLost(int count)
    {
        if (count >= 0) _sequence += (ulong)count;
        else IsUnsure = true;
    }

    /// <summary>Opens a record with the cipher that <see cref="TryArm"/> made.</summary>
    public bool TryOpen(ReadOnlySpan<byte> record, Span<byte> output, out int length)
    {
        var most = IsUnsure ? Math.Clamp(MostAttempts - _attempts, 1, MostSwallowed) : 1;
        for (var ahead = 0; ahead < most; ahead++)
        {
            if (IsUnsure) _attempts++;
            if (!_cipher!.TryOpen(_sequence + (ulong)ahead, record, output, out length, guessed: IsUnsure)) continue;
            _sequence += (ulong)ahead + 1;
            (IsUnsure, Failures) = (false, 0);
            return true;
        }

        length = 0;
        return false;
    }

    /// <summary>A record did not open: it may be damaged, or records before it may be lost.</summary>
    public void OnFailure()
    {
        Failures++;
        IsUnsure = true;
    }

    /// <summary>The connection is over: lets go of the cipher and of what is incomplete.</summary>
    public void End()
    {
        _cipher?.Dispose();
        _cipher = null;
        Messages.Clear();
    }

    private static SecretKind SecretOf(TlsStage stage, bool client) => stage switch
    {
        TlsStage.Early => SecretKind.ClientEarly,
        TlsStage.Handshake => client ? SecretKind.ClientHandshake : SecretKind.ServerHandshake,
        _ => client ? SecretKind.ClientTraffic : SecretKind.ServerTraffic,
    };
}
