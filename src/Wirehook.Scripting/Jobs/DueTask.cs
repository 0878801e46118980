using Wirehook.Packets;

namespace Wirehook.Scripting.Jobs;

/// <summary>Something that a script wants run at a time.</summary>
/// <param name="owner">The script, whose removal ends it.</param>
internal abstract class DueTask(object owner)
{
    /// <summary>The script.</summary>
    internal object Owner => owner;

    /// <summary>When it is due; null while that is not known or it has ended.</summary>
    internal Timestamp? Due { get; set; }
}

/// <summary>A function on a cron schedule.</summary>
/// <param name="owner">The script that scheduled it.</param>
/// <param name="tag">Its normalised tag.</param>
/// <param name="schedule">When it is due.</param>
/// <param name="limit">Runs after which it is removed; 0 for no end.</param>
/// <param name="run">Runs it.</param>
internal sealed class Job(object owner, string tag, CronSchedule schedule, long limit, Action<Job> run) : DueTask(owner)
{
    internal string Tag => tag;
    internal CronSchedule Schedule => schedule;
    internal long Limit => limit;
    internal Action<Job> Run => run;

    /// <summary>Runs so far.</summary>
    internal long RunCount { get; set; }

    /// <summary>Due times that were passed over.</summary>
    internal long Skipped { get; set; }

    /// <summary>When it last ran.</summary>
    internal Timestamp? LastRun { get; set; }

    /// <summary>Runs within the present advance of the clock.</summary>
    internal int RunsInAdvance { get; set; }
}

/// <summary>A function that runs after a delay, once or again and again.</summary>
/// <param name="owner">The script that set it.</param>
/// <param name="id">What <c>clearTimeout</c> names it by.</param>
/// <param name="interval">Nanoseconds between runs; 0 for one run.</param>
/// <param name="run">Runs it.</param>
internal sealed class ScriptTimer(object owner, int id, long interval, Action run) : DueTask(owner)
{
    internal int Id => id;
    internal long Interval => interval;
    internal Action Run => run;
}

/// <summary>A job as people and programs see it.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Script">Name of the script that scheduled it.</param>
/// <param name="Cron">Its cron text.</param>
/// <param name="Limit">Runs after which it is removed; 0 for no end.</param>
/// <param name="RunCount">Runs so far.</param>
/// <param name="Skipped">Due times that were passed over because the clock jumped or the scripts were busy.</param>
/// <param name="LastRun">When it last ran.</param>
/// <param name="NextRun">When it is due; null where it never is again, or the clock is not set yet.</param>
public sealed record JobReport(string Tag, string Script, string Cron, long Limit, long RunCount, long Skipped, Timestamp? LastRun, Timestamp? NextRun);

/// <summary>The order in which tasks run: by time, at one time in the order in which they were set.</summary>
/// <param name="Due">When the task is due.</param>
/// <param name="Sequence">Counts the tasks.</param>
internal readonly record struct DueOrder(Timestamp Due, long Sequence)
{
    internal static IComparer<DueOrder> Comparer { get; } = new Earliest();

    private sealed class Earliest : IComparer<DueOrder>
    {
        public int Compare(DueOrder x, DueOrder y)
        {
            var byTime = x.Due.CompareTo(y.Due);
            return byTime != 0 ? byTime : x.Sequence.CompareTo(y.Sequence);
        }
    }
}
