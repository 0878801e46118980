using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What the TLS connections of one engine share: counts, and buffers for decrypted records, one per depth of TLS inside TLS.</summary>
internal sealed class TlsShared
{
    private readonly Stack<byte[]> _free = [];
    private TlsLosses? _losses;

    /// <summary>Counts of records and messages.</summary>
    public TlsTally Tally { get; } = new();

    /// <summary>Counters of what TLS keeps from view.</summary>
    public TlsLosses Losses(FlowContext context) => _losses ??= new TlsLosses(context.Losses);

    /// <summary>A buffer that takes any record's plaintext, to be given back.</summary>
    public byte[] Rent() => _free.TryPop(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(RecordHeader.Length + RecordHeader.LongestBody);

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer) => _free.Push(buffer);
}
