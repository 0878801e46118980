using System.Diagnostics;

namespace Wirehook.Scripting.Dispatch;

/// <summary>How much of the lane's time one script takes, and whether it is withheld for it.</summary>
internal sealed class LaneShare
{
    private const int Never = int.MaxValue;
    private const double Weight = 1.0 / 16;
    private const double Doubt = 10_000;
    private long _second;
    private double _usedThisSecond;

    /// <summary>Mean nanoseconds per measured call, recent calls counting most.</summary>
    internal double Cost { get; private set; }

    /// <summary>The level of backlog at which the script is withheld.</summary>
    internal int WithheldAtLevel { get; private set; } = Never;

    /// <summary>Notes a measured call.</summary>
    /// <param name="nanoseconds">How long it took.</param>
    /// <param name="calls">How many calls it stands for.</param>
    /// <param name="second">The present second of the machine's clock.</param>
    internal void Note(double nanoseconds, int calls, long second)
    {
        // A pause of the whole process (a collection, another program's turn) falls on whichever call it meets, and a first call pays for loading code:
        // neither may make a cheap script look costly. One that really is gets there within some dozen calls.
        var believed = Math.Min(nanoseconds, (2 * Cost) + Doubt);
        Cost += (believed - Cost) * Weight;
        if (second != _second) (_second, _usedThisSecond) = (second, 0);
        _usedThisSecond += nanoseconds * calls;
    }

    /// <summary>Whether the script has used its time of the present second. The clock is only read once it has.</summary>
    internal bool HasUsedUp(double nanosecondsPerSecond) =>
        _usedThisSecond > nanosecondsPerSecond && Stopwatch.GetTimestamp() / Stopwatch.Frequency == _second;

    /// <summary>
    /// Ranks scripts by cost: each quarter of backlog withholds another quarter of them, the costliest first, and never the cheapest one.
    /// A script that holds up the others so gets the time that they leave, and they miss nothing.
    /// </summary>
    internal static void Rank(ReadOnlySpan<LoadedScript> scripts)
    {
        for (var i = 0; i < scripts.Length; i++)
        {
            var costlier = 0;
            for (var j = 0; j < scripts.Length; j++)
            {
                var difference = scripts[j].Share.Cost - scripts[i].Share.Cost;
                if (difference > 0 || (difference == 0 && j > i)) costlier++;
            }

            scripts[i].Share.WithheldAtLevel = costlier >= scripts.Length - 1 ? Never : costlier * 4 / scripts.Length + 1;
        }
    }
}
