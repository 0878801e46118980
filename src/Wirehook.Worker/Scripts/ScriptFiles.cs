using Wirehook.Scripting;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Scripts;

/// <summary>Finds and reads script files.</summary>
public static class ScriptFiles
{
    private const long LongestScript = 4 << 20;

    /// <summary>The files that <paramref name="paths"/> name: a file itself, or a folder's *.js files by name.</summary>
    /// <exception cref="ConfigurationException">A path does not exist, or a folder holds no script.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var scripts = Directory.GetFiles(path, "*.js").Order(StringComparer.Ordinal).ToArray();
                if (scripts.Length == 0) throw new ConfigurationException($"{path}: this folder holds no *.js file.");
                files.AddRange(scripts);
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                throw new ConfigurationException($"{path}: there is no such script; start one with: wirehook new script {Path.GetFileName(path)}");
            }
        }

        return [.. files.DistinctBy(Path.GetFullPath)];
    }

    /// <summary>Reads the files as scripts. Two files of the same name are told apart by their folder.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read or is too long.</exception>
    public static IReadOnlyList<ScriptSource> Read(IReadOnlyList<string> files)
    {
        var names = files.GroupBy(Path.GetFileName).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        return [.. files.Select(f => Read(f, names.Contains(Path.GetFileName(f)) ? f : Path.GetFileName(f)))];
    }

    /// <summary>Reads one file as the script <paramref name="name"/>.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read or is too long.</exception>
    public static ScriptSource Read(string file, string name)
    {
        try
        {
            if (new FileInfo(file).Length > LongestScript) throw new ConfigurationException($"{file}: a script may have at most {LongestScript >> 20} MiB.");
            return new ScriptSource(name, File.ReadAllText(file), file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file}: {error.Message}");
        }
    }
}
