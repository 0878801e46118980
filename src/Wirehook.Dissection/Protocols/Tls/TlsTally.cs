namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Records and readable handshake messages of all connections, by type. Encrypted records of TLS 1.3 count apart, as their type says nothing.</summary>
internal sealed class TlsTally
{
    private readonly long[] _records = new long[256];
    private readonly long[] _handshakes = new long[256];

    /// <summary>Records with a type of their own, by type.</summary>
    public IReadOnlyList<long> Records => _records;

    /// <summary>Handshake messages in the clear, by type.</summary>
    public IReadOnlyList<long> Handshakes => _handshakes;

    /// <summary>Records that TLS 1.3 encrypted.</summary>
    public long Opaque { get; private set; }

    /// <summary>Counts a record.</summary>
    public void CountRecord(byte type, bool tls13)
    {
        if (tls13 && type == ContentType.ApplicationData) Opaque++;
        else _records[type]++;
    }

    /// <summary>Counts a handshake message.</summary>
    public void CountHandshake(byte type) => _handshakes[type]++;
}
