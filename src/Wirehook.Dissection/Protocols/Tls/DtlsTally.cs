namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Records and pieces of handshake messages in the clear of all DTLS flows of an engine.</summary>
internal sealed class DtlsTally
{
    private readonly long[] _fragments = new long[256];

    /// <summary>Records.</summary>
    public long Records { get; private set; }

    /// <summary>Pieces of handshake messages by type.</summary>
    public IReadOnlyList<long> Fragments => _fragments;

    /// <summary>Counts a record.</summary>
    public void CountRecord() => Records++;

    /// <summary>Counts a piece of a message.</summary>
    public void CountFragment(byte type) => _fragments[type]++;
}
