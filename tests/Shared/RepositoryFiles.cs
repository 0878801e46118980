namespace Wirehook.Tests;

/// <summary>Finds the repository's own files and, where it exists, the reference corpus beside it.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder that holds wirehook.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The corpus: WIREHOOK_CORPUS, or shared/corpus beside the repository; null where neither exists.</summary>
    public static string? Corpus { get; } = FindCorpus();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var overridden = Environment.GetEnvironmentVariable("WIREHOOK_ROOT");
        if (overridden is not null) return overridden;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "wirehook.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("wirehook.slnx is in no parent folder of the tests; set WIREHOOK_ROOT.");
    }

    private static string? FindCorpus()
    {
        var folder = Environment.GetEnvironmentVariable("WIREHOOK_CORPUS") ?? Path.Combine(Root, "..", "shared", "corpus");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}

/// <summary>A test over the reference corpus: skipped, and said so, where the corpus is not there.</summary>
public sealed class CorpusFactAttribute : FactAttribute
{
    /// <summary>Skips the test where there is no corpus.</summary>
    public CorpusFactAttribute()
    {
        if (RepositoryFiles.Corpus is null) Skip = "The reference corpus is not beside the repository (set WIREHOOK_CORPUS).";
    }
}

/// <summary>A test that needs root, and commands that the machine may lack: skipped with the reason where one is missing.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    /// <summary>Skips the test without root or without one of <paramref name="commands"/> on the PATH.</summary>
    public RootFactAttribute(params string[] commands)
    {
        var missing = commands.Where(c => !FindOnPath(c)).ToArray();
        if (!Environment.IsPrivilegedProcess) Skip = "Needs root (network namespaces, packet sockets).";
        else if (missing.Length > 0) Skip = "Needs " + string.Join(", ", missing) + " on the PATH; ./test installs them.";
    }

    private static bool FindOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin")
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, command)));
}
