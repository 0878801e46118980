using Wirehook.Dissection.Secrets;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Secrets;

namespace Wirehook.Worker.Tests.Secrets;

/// <summary>Key log files that are there, come later, grow, are cut off, are replaced, or cannot be read.</summary>
public sealed class KeyLogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-keylog-").FullName;
    private readonly KeyLog _keys = new();

    private string FilePath => Path.Combine(_folder, "keys.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_finished_file_is_read_to_its_end_even_without_a_line_end()
    {
        File.WriteAllText(FilePath, Line(1) + "\n" + Line(2));
        using var file = new KeyLogFile(FilePath, _keys, follow: false);
        Assert.Equal((2, 2), (file.Secrets, _keys.Count));
    }

    [Fact]
    public void A_followed_file_may_come_later_and_grow_in_pieces()
    {
        using var file = new KeyLogFile(FilePath, _keys, follow: true);
        Assert.Equal(0, _keys.Count);
        File.WriteAllText(FilePath, Line(1) + "\n" + Line(2)[..50]);
        file.Look();
        Assert.Equal(1, _keys.Count);
        File.AppendAllText(FilePath, Line(2)[50..] + "\n" + Line(3) + "\n");
        file.Look();
        Assert.Equal(3, _keys.Count);
    }

    [Fact]
    public void A_followed_file_is_looked_at_by_itself()
    {
        using var file = new KeyLogFile(FilePath, _keys, follow: true);
        File.WriteAllText(FilePath, Line(1) + "\n");
        for (var i = 0; i < 200 && _keys.Count == 0; i++) Thread.Sleep(25);
        Assert.Equal(1, _keys.Count);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_replaced_is_read_anew()
    {
        File.WriteAllText(FilePath, Line(1) + "\n" + Line(2) + "\n");
        using var file = new KeyLogFile(FilePath, _keys, follow: true);
        File.WriteAllText(FilePath, Line(3) + "\n");
        file.Look();
        Assert.Equal(3, _keys.Count);
        File.Delete(FilePath);
        file.Look();
        File.WriteAllText(FilePath, Line(4) + "\n" + Line(5) + "\n" + Line(6) + "\n");
        file.Look();
        Assert.Equal(6, _keys.Count);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused()
    {
        var missing = Assert.Throws<ConfigurationException>(() => new KeyLogFile(FilePath, _keys, follow: false));
        Assert.StartsWith("--keylog " + FilePath, missing.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => new KeyLogFile(_folder, _keys, follow: false));
    }

    [Fact]
    public void Secrets_of_captures_count_and_make_their_readers_wait_for_more()
    {
        using var sources = new SecretSources([], follow: false);
        Assert.False(sources.Keys.MoreMayCome);
        sources.OnDecryptionSecrets(1, System.Text.Encoding.ASCII.GetBytes(Line(1)));
        Assert.Equal((0, false), (sources.Keys.Count, sources.Keys.MoreMayCome));
        sources.OnDecryptionSecrets(0x544C534B, System.Text.Encoding.ASCII.GetBytes(Line(1)));
        Assert.Equal((1, true), (sources.Keys.Count, sources.Keys.MoreMayCome));
    }

    private static string Line(int number) => $"CLIENT_RANDOM {number:x64} {number:x96}";
}
