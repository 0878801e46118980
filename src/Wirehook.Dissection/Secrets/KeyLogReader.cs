using System.Buffers;

namespace Wirehook.Dissection.Secrets;

/// <summary>Reads the lines of one key log, in pieces of any size, into a <see cref="KeyLog"/>. Comments, unknown labels and lines of another form are passed over.</summary>
/// <param name="log">Where the secrets go.</param>
public sealed class KeyLogReader(KeyLog log)
{
    private const int LongestLine = 1024;
    private const int ShortestSecret = 16;
    private const int LongestSecret = 64;
    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private bool _tooLong;

    /// <summary>Secrets read so far.</summary>
    public long Secrets { get; private set; }

    /// <summary>Reads on.</summary>
    /// <param name="text">The next bytes of the log.</param>
    public void Append(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0) break;
            if (_length == 0 && !_tooLong) ReadLine(text[..end]);
            else EndLine(text[..end]);
            text = text[(end + 1)..];
        }

        Keep(text);
    }

    /// <summary>No more text comes: a last line without line end counts.</summary>
    public void Complete() => EndLine(default);

    /// <summary>The file was replaced: what is kept of an incomplete line belongs to the old one.</summary>
    public void Restart() => (_length, _tooLong) = (0, false);

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (part.Length > LongestLine - _length) _tooLong = true;
        if (_tooLong) return;
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }

    private void EndLine(ReadOnlySpan<byte> rest)
    {
        Keep(rest);
        if (!_tooLong) ReadLine(_line.AsSpan(0, _length));
        Restart();
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd(" \t\r"u8);
        var space = line.IndexOf((byte)' ');
        if (space <= 0 || line[0] == (byte)'#' || !SecretLabels.TryRead(line[..space], out var kind)) return;
        var rest = line[(space + 1)..];
        space = rest.IndexOf((byte)' ');
        if (space != 2 * ClientRandom.Length) return;
        var secretText = rest[(space + 1)..];
        Span<byte> random = stackalloc byte[ClientRandom.Length];
        Span<byte> secret = stackalloc byte[LongestSecret];
        if (secretText.Length is < 2 * ShortestSecret or > 2 * LongestSecret || secretText.Length % 2 != 0) return;
        if (Convert.FromHexString(rest[..space], random, out _, out _) != OperationStatus.Done) return;
        if (Convert.FromHexString(secretText, secret, out _, out var length) != OperationStatus.Done) return;
        log.Add(kind, ClientRandom.From(random), secret[..length]);
        Secrets++;
    }
}
