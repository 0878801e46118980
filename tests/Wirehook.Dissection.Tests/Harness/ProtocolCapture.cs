using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>
/// A capture of a real client and server, kept beside a protocol's tests as <c>Protocols/&lt;Name&gt;/captures/NAME.pcap</c>. Beside it lie
/// <c>NAME.items.jsonl</c>, the items that it must give, and <c>NAME.truth</c>, what the client itself counted: lines
/// <c>&lt;protocol&gt; requests|responses N</c>, comments behind <c>#</c>, and <c># skip PROPERTY: reason</c> where a property of all captures cannot hold.
/// <c>NAME.keys</c> is the key log of what is encrypted.
/// </summary>
internal sealed class ProtocolCapture
{
    private readonly string _base;

    private ProtocolCapture(string protocol, string path)
    {
        (Protocol, Path, _base) = (protocol, path, System.IO.Path.ChangeExtension(path, null));
        Notes = File.Exists(_base + ".truth") ? File.ReadAllLines(_base + ".truth") : [];
    }

    /// <summary>The protocol's folder, or <c>samples</c>.</summary>
    public string Protocol { get; }

    public string Path { get; }

    /// <summary>Where its expected items are.</summary>
    public string GoldenPath => _base + ".items.jsonl";

    /// <summary>The lines of its truth file.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Every capture, by <c>Protocol/file</c>.</summary>
    public static IReadOnlyDictionary<string, ProtocolCapture> All { get; } = FindAll();

    /// <summary>Whether <paramref name="property"/> does not hold here, for a reason that the truth file gives.</summary>
    public bool Skips(string property) => Notes.Any(n => n.StartsWith($"# skip {property}: ", StringComparison.Ordinal) && n.Length > property.Length + 30);

    private static SortedDictionary<string, ProtocolCapture> FindAll()
    {
        var all = new SortedDictionary<string, ProtocolCapture>(StringComparer.Ordinal);
        var protocols = System.IO.Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols");
        foreach (var folder in Directory.EnumerateDirectories(protocols)) Add(all, System.IO.Path.GetFileName(folder), System.IO.Path.Combine(folder, "captures"));
        Add(all, "samples", System.IO.Path.Combine(RepositoryFiles.Root, "samples", "captures"));
        return all;
    }

    private static void Add(SortedDictionary<string, ProtocolCapture> all, string protocol, string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.EnumerateFiles(folder, "*.pcap*")) all.Add(protocol + "/" + System.IO.Path.GetFileName(path), new ProtocolCapture(protocol, path));
    }
}
