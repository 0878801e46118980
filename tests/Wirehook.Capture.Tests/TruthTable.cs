using System.Globalization;
using Wirehook.Tests;

namespace Wirehook.Capture.Tests;

/// <summary>The reference corpus's table of independent counts.</summary>
internal static class TruthTable
{
    /// <summary>Files of the given folders with their packet counts.</summary>
    public static IEnumerable<(string Name, string Path, int Packets)> Packets(params string[] folders) =>
        from line in File.ReadLines(System.IO.Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1)
        let columns = line.Split('\t')
        where folders.Contains(columns[0].Split('/')[0])
        select (columns[0], System.IO.Path.Combine(RepositoryFiles.Corpus!, columns[0]), int.Parse(columns[3], CultureInfo.InvariantCulture));
}
