namespace Wirehook.Dissection.Secrets;

/// <summary>The secrets of a connection that a key log names (draft-ietf-tls-keylogfile §2), as far as application data needs them.</summary>
internal enum SecretKind
{
    /// <summary><c>CLIENT_RANDOM</c>: the master secret of TLS 1.2 and older.</summary>
    Master,

    /// <summary><c>CLIENT_EARLY_TRAFFIC_SECRET</c>.</summary>
    ClientEarly,

    /// <summary><c>CLIENT_HANDSHAKE_TRAFFIC_SECRET</c>.</summary>
    ClientHandshake,

    /// <summary><c>SERVER_HANDSHAKE_TRAFFIC_SECRET</c>.</summary>
    ServerHandshake,

    /// <summary><c>CLIENT_TRAFFIC_SECRET_0</c>.</summary>
    ClientTraffic,

    /// <summary><c>SERVER_TRAFFIC_SECRET_0</c>.</summary>
    ServerTraffic,
}

/// <summary>The words by which key logs call secrets.</summary>
internal static class SecretLabels
{
    /// <summary>How many kinds there are.</summary>
    public const int Count = 6;

    /// <summary>The word for <paramref name="kind"/>, for messages.</summary>
    public static string Of(SecretKind kind) => kind switch
    {
        SecretKind.Master => "CLIENT_RANDOM",
        SecretKind.ClientEarly => "CLIENT_EARLY_TRAFFIC_SECRET",
        SecretKind.ClientHandshake => "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        SecretKind.ServerHandshake => "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        SecretKind.ClientTraffic => "CLIENT_TRAFFIC_SECRET_0",
        _ => "SERVER_TRAFFIC_SECRET_0",
    };

    /// <summary>The kind that <paramref name="word"/> names. False for words whose secrets no record needs, such as EXPORTER_SECRET.</summary>
    public static bool TryRead(ReadOnlySpan<byte> word, out SecretKind kind)
    {
        kind = SecretKind.Master;
        if (word.SequenceEqual("CLIENT_RANDOM"u8)) return true;
        if (word.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8)) kind = SecretKind.ClientHandshake;
        else if (word.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8)) kind = SecretKind.ServerHandshake;
        else if (word.SequenceEqual("CLIENT_TRAFFIC_SECRET_0"u8)) kind = SecretKind.ClientTraffic;
        else if (word.SequenceEqual("SERVER_TRAFFIC_SECRET_0"u8)) kind = SecretKind.ServerTraffic;
        else if (word.SequenceEqual("CLIENT_EARLY_TRAFFIC_SECRET"u8)) kind = SecretKind.ClientEarly;
        return kind != SecretKind.Master;
    }
}
