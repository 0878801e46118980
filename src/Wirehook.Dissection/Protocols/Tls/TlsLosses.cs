using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What TLS keeps from view, by reason.</summary>
/// <param name="losses">The run's counters.</param>
internal sealed class TlsLosses(DissectionLosses losses)
{
    private readonly LossCounter _noKey = losses.Define(
        "tls-no-key", "connections", "Encrypted connections whose keys are unknown; give a key log with --keylog to read them.");

    private readonly LossCounter _unreadable = losses.Define(
        "tls-unreadable", "connections", "Encrypted connections that no key opens: the handshake is not in the capture, the cipher is not supported, or the keys are wrong. The decryption field of tlsx items says which.");

    /// <summary>Records that were expected to open and did not.</summary>
    public LossCounter Records { get; } = losses.Define(
        "tls-record", "records", "Encrypted records that could not be opened although their keys are known, most often behind a gap.");

    /// <summary>Counts a connection that cannot be read.</summary>
    public void Count(TlsDecryption outcome) => (outcome.IsNoKey ? _noKey : _unreadable).Add();
}
