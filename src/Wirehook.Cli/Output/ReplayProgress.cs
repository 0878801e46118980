using System.Globalization;
using Wirehook.Capture;

namespace Wirehook.Cli.Output;

/// <summary>A progress bar on standard error for replays that take longer than a second, on a terminal only.</summary>
internal sealed class ReplayProgress : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly IPacketSource _source;
    private readonly Timer? _timer;
    private bool _shown;

    /// <summary>Starts watching <paramref name="source"/>.</summary>
    public ReplayProgress(IPacketSource source)
    {
        _source = source;
        if (!Console.IsErrorRedirected) _timer = new Timer(_ => Show(), null, Delay, Interval);
    }

    /// <summary>The bar for <paramref name="progress"/>.</summary>
    internal static string Format(CaptureProgress progress)
    {
        var read = string.Create(CultureInfo.InvariantCulture, $"{progress.BytesRead / 1e6:N0} MB");
        if (progress.BytesTotal is not ({ } total and > 0)) return read;
        var share = Math.Clamp((double)progress.BytesRead / total, 0, 1);
        var filled = (int)(share * Width);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('█', filled)}{new string('░', Width - filled)}] {share:P0} of {total / 1e6:N0} MB");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_timer is null) return;
        using var ended = new ManualResetEvent(false);
        if (_timer.Dispose(ended)) ended.WaitOne();
        if (_shown) Console.Error.Write("\r\u001b[K");
    }

    private void Show()
    {
        _shown = true;
        Console.Error.Write("\r\u001b[K" + Format(_source.Progress));
    }
}
