namespace Wirehook.Dissection.Secrets;

/// <summary>
/// The TLS secrets that programs logged (NSS key log format, draft-ietf-tls-keylogfile) by connection. Any thread may add, for instance the one that follows a
/// growing file; dissection, one thread at a time, looks secrets up and learns between packets which awaited ones have come. Beyond the limit the oldest are forgotten.
/// </summary>
public sealed class KeyLog
{
    /// <summary>What one connection costs, rounded up: five secrets, the table's entry and its place in the order.</summary>
    internal const int BytesPerConnection = 640;

    private const int MostConnections = (64 << 20) / BytesPerConnection;
    private readonly Lock _gate = new();
    private readonly Dictionary<ClientRandom, ConnectionSecrets> _connections = [];
    private readonly Queue<ClientRandom> _order = [];
    private readonly HashSet<ClientRandom> _awaited = [];
    private readonly HashSet<ClientRandom> _news = [];
    private readonly int _limit;
    private volatile bool _hasNews;
    private volatile bool _moreMayCome;
    private volatile bool _hasSecrets;

    /// <summary>An empty key log.</summary>
    public KeyLog()
        : this(MostConnections)
    {
    }

    internal KeyLog(int limit) => _limit = limit;

    /// <summary>
    /// Whether secrets may still come: a file is being followed, or a capture carries them. Encrypted data then waits for its keys; otherwise a connection without
    /// keys is given up at once.
    /// </summary>
    public bool MoreMayCome
    {
        get => _moreMayCome;
        set => _moreMayCome = value;
    }

    /// <summary>Connections of which a secret is known.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _connections.Count;
        }
    }

    /// <summary>Connections whose secrets were forgotten because there were too many.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Whether some connection's secrets are known or may still come.</summary>
    internal bool IsUseful => _hasSecrets || _moreMayCome;

    /// <summary>Whether an awaited connection's secret has come.</summary>
    internal bool HasNews => _hasNews;

    /// <summary>Notes a secret.</summary>
    internal void Add(SecretKind kind, in ClientRandom random, ReadOnlySpan<byte> secret)
    {
        lock (_gate)
        {
            if (!_connections.TryGetValue(random, out var connection)) _connections.Add(random, connection = Make(random));
            connection.Add(kind, secret);
            _hasSecrets = true;
            if (!_awaited.Contains(random)) return;
            _news.Add(random);
            _hasNews = true;
        }
    }

    /// <summary>What is known of a connection, or null.</summary>
    internal ConnectionSecrets? Find(in ClientRandom random)
    {
        lock (_gate) return _connections.GetValueOrDefault(random);
    }

    /// <summary>Asks to be told of the connection's next secrets. What came since the caller looked is news at once.</summary>
    /// <param name="random">The connection.</param>
    /// <param name="needed">The secret that the caller did not find; null where it found none at all.</param>
    internal void Await(in ClientRandom random, SecretKind? needed)
    {
        lock (_gate)
        {
            _awaited.Add(random);
            if (!_connections.TryGetValue(random, out var known) || (needed is { } kind && known.Find(kind) is null)) return;
            _news.Add(random);
            _hasNews = true;
        }
    }

    /// <summary>Nobody waits for the connection's secrets any more.</summary>
    internal void Forgo(in ClientRandom random)
    {
        lock (_gate)
        {
            _awaited.Remove(random);
            _news.Remove(random);
        }
    }

    /// <summary>Moves the awaited connections whose secrets have come to <paramref name="into"/>.</summary>
    internal void TakeNews(List<ClientRandom> into)
    {
        lock (_gate)
        {
            into.AddRange(_news);
            _news.Clear();
            _hasNews = false;
        }
    }

    private ConnectionSecrets Make(in ClientRandom random)
    {
        if (_order.Count >= _limit)
        {
            _connections.Remove(_order.Dequeue());
            Forgotten++;
        }

        _order.Enqueue(random);
        return new ConnectionSecrets();
    }
}
