using Wirehook.Packets;

namespace Wirehook.Scripting.Consoles;

/// <summary>
/// Holds back what a script prints beyond so many lines or characters per second of the live clock, so that it floods neither a terminal nor a disk.
/// A replay prints everything: its length bounds the output, and its result must be complete.
/// </summary>
/// <param name="budget">How much is printed.</param>
internal sealed class OutputLimit(ScriptBudget budget)
{
    private const long Second = 1_000_000_000;
    private long _second;
    private long _lines;
    private long _characters;
    private long _heldBack;

    /// <summary>Whether a line may be printed.</summary>
    /// <param name="now">The live clock.</param>
    /// <param name="characters">The line's length.</param>
    /// <param name="heldBack">Lines of earlier seconds that were not printed and are not told yet.</param>
    internal bool MayPrint(Timestamp now, int characters, out long heldBack)
    {
        heldBack = 0;
        var second = now.UnixNanoseconds / Second;
        if (second != _second)
        {
            (_second, _lines, _characters) = (second, 0, 0);
            heldBack = TakeHeldBack();
        }

        if (_lines >= budget.LinesPerSecond || _characters + characters > budget.CharactersPerSecond)
        {
            _heldBack++;
            return false;
        }

        _lines++;
        _characters += characters;
        return true;
    }

    /// <summary>Lines that were not printed since the last time; forgets them.</summary>
    internal long TakeHeldBack()
    {
        var count = _heldBack;
        _heldBack = 0;
        return count;
    }
}
