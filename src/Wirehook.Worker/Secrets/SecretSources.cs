using Wirehook.Dissection.Secrets;

namespace Wirehook.Worker.Secrets;

/// <summary>Where a session's TLS secrets come from: key log files, and what captures carry themselves.</summary>
public sealed class SecretSources : IDisposable
{
    /// <summary>The type of a pcapng Decryption Secrets Block that holds a key log: "TLSK".</summary>
    private const uint TlsKeyLog = 0x544C_534B;

    private readonly List<KeyLogFile> _files = [];

    /// <summary>Opens the files.</summary>
    /// <param name="paths">Key log files.</param>
    /// <param name="follow">Whether more may be appended to them while Wirehook runs.</param>
    /// <exception cref="Configuration.ConfigurationException">A file cannot be read.</exception>
    public SecretSources(IReadOnlyList<string> paths, bool follow)
    {
        Keys.MoreMayCome = follow && paths.Count > 0;
        try
        {
            foreach (var path in paths) _files.Add(new KeyLogFile(path, Keys, follow));
        }
        catch (Configuration.ConfigurationException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The secrets.</summary>
    public KeyLog Keys { get; } = new();

    /// <summary>Takes the content of a Decryption Secrets Block. A capture that carries some may carry more further on.</summary>
    /// <param name="type">The block's type.</param>
    /// <param name="secrets">Its content.</param>
    public void OnDecryptionSecrets(uint type, ReadOnlySpan<byte> secrets)
    {
        if (type != TlsKeyLog) return;
        var reader = new KeyLogReader(Keys);
        reader.Append(secrets);
        reader.Complete();
        Keys.MoreMayCome = true;
    }

    /// <summary>Reads what was appended at the last moment.</summary>
    public void Look()
    {
        foreach (var file in _files) file.Look();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }
}
