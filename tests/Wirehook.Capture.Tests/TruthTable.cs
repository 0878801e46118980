using System.Globalization;
using Wirehook.Tests;

namespace Wirehook.Capture.Tests;

/// <summary>The reference corpus's table of independent counts.</summary>
internal static class TruthTable
{
    /// <summary>Files of the given folders with their packet counts.</summary>
    public static IEnumerable<(string Name, string Path, int Packets)> Packets(params string[] folders) =>
        Rows(folders).Select(row => (row[0], PathOf(row), Number(row[3])));

    /// <summary>Files of the given folders with their TCP and UDP stream counts.</summary>
    public static IEnumerable<(string Name, string Path, int Tcp, int Udp)> Streams(params string[] folders) =>
        Rows(folders).Select(row => (row[0], PathOf(row), Number(row[4]), Number(row[5])));

    private static IEnumerable<string[]> Rows(string[] folders) =>
        from line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1)
        let columns = line.Split('\t')
        where folders.Contains(columns[0].Split('/')[0])
        select columns;

    private static string PathOf(string[] row) => Path.Combine(RepositoryFiles.Corpus!, row[0]);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
