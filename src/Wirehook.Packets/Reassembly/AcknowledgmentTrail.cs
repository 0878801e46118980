using System.Runtime.InteropServices;

namespace Wirehook.Packets.Reassembly;

/// <summary>
/// The acknowledgements that lie ahead of a stream, in the order they came. They say which bytes the receiver had at which packet, and so which of two holes
/// in opposite directions came first.
/// </summary>
internal sealed class AcknowledgmentTrail
{
    /// <summary>Steps kept apart; further ones extend the last.</summary>
    private const int LongestTrail = 128;

    private readonly List<Step> _steps = new(4);

    /// <summary>One acknowledgement and the packet that first carried it.</summary>
    public readonly record struct Step(uint Acknowledgment, long Packet, long Elapsed);

    /// <summary>Whether nothing is acknowledged ahead.</summary>
    public bool IsEmpty => _steps.Count == 0;

    /// <summary>The lowest acknowledgement ahead.</summary>
    public Step First => _steps[0];

    /// <summary>The highest acknowledgement ahead.</summary>
    public Step Last => _steps[^1];

    /// <summary>All steps, lowest first.</summary>
    public ReadOnlySpan<Step> Steps => CollectionsMarshal.AsSpan(_steps);

    /// <summary>Notes an acknowledgement unless a higher one is known.</summary>
    public void Add(Step step)
    {
        if (_steps.Count > 0 && (int)(step.Acknowledgment - Last.Acknowledgment) <= 0) return;
        if (_steps.Count < LongestTrail) _steps.Add(step);
        else _steps[^1] = Last with { Acknowledgment = step.Acknowledgment };
    }

    /// <summary>Forgets what the stream has reached.</summary>
    public void DropUpTo(uint next)
    {
        var reached = 0;
        while (reached < _steps.Count && (int)(_steps[reached].Acknowledgment - next) <= 0) reached++;
        if (reached > 0) _steps.RemoveRange(0, reached);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _steps.Clear();
}
