using Wirehook.Packets;

namespace Wirehook.Scripting.Consoles;

/// <summary>
/// Keeps an error that repeats from flooding the console: each place prints once per interval of the scripts' clock, with the number held back since.
/// The interval doubles from 10 seconds to about an hour, so that a capture of days does not print thousands of times either.
/// </summary>
/// <remarks>Bounded: places beyond the limit share one entry.</remarks>
internal sealed class RepeatedErrors
{
    private const long FirstInterval = 10_000_000_000;
    private const long LongestInterval = 360 * FirstInterval;
    private const int MostPlaces = 64;
    private Dictionary<ErrorPlace, Entry>? _entries;

    /// <summary>Whether an error at <paramref name="place"/> is printed at <paramref name="now"/>, and how many before it were not.</summary>
    internal bool MayPrint(in ErrorPlace place, Timestamp now, out long heldBack)
    {
        _entries ??= [];
        var key = _entries.Count < MostPlaces || _entries.ContainsKey(place) ? place : default;
        if (!_entries.TryGetValue(key, out var entry)) _entries[key] = entry = new Entry();
        else if (now.Since(entry.Printed) < entry.Interval)
        {
            entry.HeldBack++;
            heldBack = 0;
            return false;
        }
        else
        {
            entry.Interval = Math.Min(entry.Interval * 2, LongestInterval);
        }

        (heldBack, entry.HeldBack, entry.Printed) = (entry.HeldBack, 0, now);
        return true;
    }

    /// <summary>The places whose last errors were held back, with how many; forgets them.</summary>
    internal IReadOnlyList<(ErrorPlace Place, long Count)> TakeHeldBack()
    {
        if (_entries is null) return [];
        List<(ErrorPlace, long)> left = [];
        foreach (var (place, entry) in _entries)
            if (entry.HeldBack > 0) left.Add((place, entry.HeldBack));
        _entries.Clear();
        return left;
    }

    private sealed class Entry
    {
        internal long HeldBack;
        internal long Interval = FirstInterval;
        internal Timestamp Printed;
    }
}

/// <summary>Where an error comes from.</summary>
/// <param name="Hook">The hook or job.</param>
/// <param name="Script">The script that the position is in.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal readonly record struct ErrorPlace(string? Hook, string? Script, int Line, int Column);
