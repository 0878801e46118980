namespace Wirehook.Dissection.Secrets;

/// <summary>What is known of one connection's secrets. One thread adds, another reads.</summary>
internal sealed class ConnectionSecrets
{
    private readonly byte[]?[] _secrets = new byte[SecretLabels.Count][];

    /// <summary>The secret of <paramref name="kind"/>, or null while it is not known.</summary>
    public byte[]? Find(SecretKind kind) => Volatile.Read(ref _secrets[(int)kind]);

    /// <summary>Notes a secret; the first one stays.</summary>
    public void Add(SecretKind kind, ReadOnlySpan<byte> secret) => Interlocked.CompareExchange(ref _secrets[(int)kind], secret.ToArray(), null);
}
