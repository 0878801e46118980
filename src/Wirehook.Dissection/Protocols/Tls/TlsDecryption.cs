using Wirehook.Dissection.Records;
using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Whether a connection's encrypted data could be read, and why not.</summary>
internal sealed class TlsDecryption : Record
{
    private readonly string _state;
    private readonly string _reason;

    private TlsDecryption(string state, string reason) => (_state, _reason) = (state, reason);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("TlsDecryption", "Whether the connection's encrypted data could be read.",
    [
        new("state", "\"decrypted\" | \"no-key\" | \"wrong-key\" | \"unsupported-suite\" | \"unsupported-version\" | \"missing-start\" | \"gap\" | \"not-encrypted\"",
            "How it went when the item was made.", static r => FieldValue.From(((TlsDecryption)r)._state)),
        new("reason", "string", "A sentence for people; empty for `decrypted`.", static r => FieldValue.From(((TlsDecryption)r)._reason)),
    ]);

    /// <summary>Records are decrypted.</summary>
    public static TlsDecryption Decrypted { get; } = new("decrypted", "");

    /// <summary>There was nothing to decrypt.</summary>
    public static TlsDecryption NotEncrypted { get; } = new("not-encrypted", "The connection ended before encrypted data came.");

    /// <summary>Nobody gave keys.</summary>
    public static TlsDecryption NoKeyLog { get; } = new("no-key", "No TLS secrets are known; give a key log with --keylog FILE.");

    /// <summary>The key log does not know the connection.</summary>
    public static TlsDecryption NoKey { get; } = new("no-key", "The key log holds no secrets of this connection.");

    /// <summary>The secrets came neither in time nor before too much data waited.</summary>
    public static TlsDecryption NoKeyInTime { get; } = new("no-key", "The secrets of this connection did not come in time.");

    /// <summary>Data that waited for its secrets took too much memory.</summary>
    public static TlsDecryption TooMuchWaited { get; } = new("no-key", "Too much encrypted data waited for the secrets of this connection.");

    /// <summary>The key log's secrets are of another connection.</summary>
    public static TlsDecryption WrongKey { get; } = new("wrong-key", "The secrets in the key log do not open this connection's records.");

    /// <summary>The capture begins behind the handshake.</summary>
    public static TlsDecryption MissingStart { get; } = new("missing-start", "The capture does not hold the connection's handshake.");

    /// <summary>Part of the handshake, or of what encryption depends on, is missing.</summary>
    public static TlsDecryption Gap { get; } = new("gap", "Part of the connection was not captured.");

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>Whether the state is <c>decrypted</c>.</summary>
    public bool IsDecrypted => ReferenceEquals(this, Decrypted);

    /// <summary>Whether the state is <c>no-key</c>.</summary>
    public bool IsNoKey => _state == "no-key";

    /// <summary>The key log knows the connection, and lacks one of its secrets.</summary>
    public static TlsDecryption NoSecret(SecretKind? secret) => secret is { } kind ? new("no-key", $"The key log lacks {SecretLabels.Of(kind)} of this connection.") : NoKey;

    /// <summary>The suite's cipher is not there.</summary>
    public static TlsDecryption UnsupportedSuite(ushort suite) => new("unsupported-suite", $"Records of {CipherSuiteNames.Of(suite)} cannot be decrypted.");

    /// <summary>The version's key schedule is not known.</summary>
    public static TlsDecryption UnsupportedVersion(ushort version) => new("unsupported-version", $"{TlsVersion.Name(version)} cannot be decrypted.");
}
