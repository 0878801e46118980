using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Secrets;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>The connections of an engine that wait for their keys, also beyond their end: wakes them when keys come, and gives them up when it took too long.</summary>
internal sealed class TlsKeyWaits : IExpiring
{
    private readonly Dictionary<ClientRandom, List<TlsConnection>> _byRandom = [];
    private readonly LinkedList<TlsConnection> _byAge = [];
    private readonly List<ClientRandom> _arrived = [];
    private KeyLog? _keys;

    /// <summary>Connections that wait.</summary>
    public int Count => _byAge.Count;

    /// <summary>Lets <paramref name="connection"/> wait for more secrets of <paramref name="random"/>: for the one that is needed, or for any where none is known.</summary>
    public LinkedListNode<TlsConnection> Add(KeyLog keys, in ClientRandom random, SecretKind? needed, TlsConnection connection)
    {
        _keys = keys;
        if (!_byRandom.TryGetValue(random, out var waiting)) _byRandom.Add(random, waiting = []);
        waiting.Add(connection);
        keys.Await(random, needed);
        return _byAge.AddLast(connection);
    }

    /// <summary>The connection waits no longer.</summary>
    public void Remove(in ClientRandom random, LinkedListNode<TlsConnection> node)
    {
        _byAge.Remove(node);
        if (!_byRandom.TryGetValue(random, out var waiting)) return;
        waiting.Remove(node.Value);
        if (waiting.Count > 0) return;
        _byRandom.Remove(random);
        _keys?.Forgo(random);
    }

    /// <summary>Wakes the connections whose secrets have come. Costs a read of a flag where none have.</summary>
    public void Poll()
    {
        if (_keys is not { HasNews: true }) return;
        _arrived.Clear();
        _keys.TakeNews(_arrived);
        foreach (var random in _arrived)
        {
            if (!_byRandom.TryGetValue(random, out var waiting)) continue;
            foreach (var connection in waiting.ToArray()) connection.OnKeys();
        }
    }

    /// <inheritdoc/>
    public void AdvanceTo(Timestamp now)
    {
        Poll();
        while (_byAge.First is { } oldest && oldest.Value.IsWaitOver(now)) oldest.Value.GiveUpKeys(TlsDecryption.NoKeyInTime);
    }

    /// <inheritdoc/>
    public void OnCaptureEnd(Timestamp now)
    {
        Poll();
        while (_byAge.First is { } oldest) oldest.Value.GiveUpKeys(TlsDecryption.NoKeyInTime);
    }
}
