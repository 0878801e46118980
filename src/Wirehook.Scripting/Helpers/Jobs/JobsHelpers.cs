using System.Globalization;
using Wirehook.JavaScript;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Helpers.Jobs;
using Wirehook.Scripting.Jobs;

[assembly: HelperFamily(typeof(JobsHelpers))]

namespace Wirehook.Scripting.Helpers.Jobs;

/// <summary><c>jobs</c>: functions on a schedule.</summary>
internal sealed class JobsHelpers : HelperFamily
{
    private const int LongestTag = 200;

    internal override IReadOnlyList<HelperFunction> Functions { get; } =
    [
        new("jobs.schedule", "(tag: string, cron: string, code: (...values: any[]) => void, limit?: number, ...values: any[]): void",
            "Calls the function whenever the six-field cron text (seconds first, UTC) is due, with the values; at most `limit` times where it is above 0. A job with the same tag ends first.", Schedule),
        new("jobs.remove", "(tag: string): void", "Ends a job. Throws where there is none with the tag.", Remove),
        new("jobs.removeAll", "(): void", "Ends the jobs of all scripts.", RemoveAll),
        new("jobs.list", "(): string[]", "The tags of all jobs.", List),
        new("jobs.run", "(tag: string): void", "Has a job run now, as soon as the calling function has returned. Throws where there is none with the tag.", Run),
        new("jobs.runAll", "(): void", "Has all jobs run now.", RunAll),
        new("jobs.scheduler.isRunning", "(): boolean", "Whether due jobs run.", static (context, _) => JsValue.From(context.Jobs.Scheduler.IsRunning)),
        new("jobs.scheduler.start", "(): void", "Lets due jobs run again.", static (context, _) =>
        {
            context.Jobs.Scheduler.Start();
            return default;
        }),
        new("jobs.scheduler.stop", "(): void", "Keeps due jobs from running.", static (context, _) =>
        {
            context.Jobs.Scheduler.Stop();
            return default;
        }),
    ];

    /// <summary>Lower case, spaces as dashes.</summary>
    internal static string NormaliseTag(string tag) => tag.ToLowerInvariant().Replace(' ', '-');

    private static JsValue Schedule(ScriptContext context, ReadOnlySpan<JsValue> arguments)
    {
        var tag = Tag(context, arguments);
        if (tag.Length > LongestTag) throw context.Engine.RangeError($"jobs.schedule: the tag is longer than {LongestTag} characters");
        if (ScriptContext.Value(arguments, 2).AsFunction is not { } function) throw context.Engine.TypeError("jobs.schedule: the third argument is not a function");
        var cron = context.Text(arguments, 1);
        var values = arguments.Length > 4 ? arguments[4..].ToArray() : [];
        try
        {
            var limit = Limit(context, ScriptContext.Value(arguments, 3), tag);
            context.Jobs.Schedule(context, tag, CronSchedule.Parse(cron), limit, function, values);
            var times = limit > 0 ? limit.ToString(CultureInfo.InvariantCulture) : "infinite";
            context.Print(ConsoleLevel.Log, $"Scheduled the job: \"{tag}\" for cron: \"{cron}\" (limit: {times})");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw context.Error($"jobs.schedule: {e.Message}");
        }

        return default;
    }

    private static long Limit(ScriptContext context, in JsValue limit, string tag)
    {
        if (limit.IsUndefined) return 0;
        if (limit.IsNumber && !double.IsNaN(limit.AsNumber)) return (long)Math.Clamp(limit.AsNumber, 0, long.MaxValue / 2);
        context.Print(ConsoleLevel.Error, $"The limit of the job \"{tag}\" is not a number: {context.Engine.ToDisplayString(limit)}");
        return 0;
    }

    private static JsValue Remove(ScriptContext context, ReadOnlySpan<JsValue> arguments)
    {
        var tag = Tag(context, arguments);
        if (!context.Jobs.Scheduler.Remove(tag)) throw context.Error("no jobs found with given tag");
        context.Print(ConsoleLevel.Log, $"Removed the job: \"{tag}\"");
        return default;
    }

    private static JsValue RemoveAll(ScriptContext context, ReadOnlySpan<JsValue> arguments)
    {
        context.Jobs.Scheduler.RemoveAll();
        context.Print(ConsoleLevel.Log, "All jobs are removed.");
        return default;
    }

    private static JsValue List(ScriptContext context, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(context.Engine.NewArray([.. context.Jobs.Scheduler.Jobs.Select(j => JsValue.From(j.Tag))]));

    private static JsValue Run(ScriptContext context, ReadOnlySpan<JsValue> arguments)
    {
        var tag = Tag(context, arguments);
        context.Jobs.Scheduler.Trigger(context.Jobs.Scheduler.Find(tag) ?? throw context.Error("no jobs found with given tag"));
        context.Print(ConsoleLevel.Log, $"Triggered the job: \"{tag}\"");
        return default;
    }

    private static JsValue RunAll(ScriptContext context, ReadOnlySpan<JsValue> arguments)
    {
        foreach (var job in context.Jobs.Scheduler.Jobs) context.Jobs.Scheduler.Trigger(job);
        context.Print(ConsoleLevel.Log, "All jobs are triggered.");
        return default;
    }

    private static string Tag(ScriptContext context, ReadOnlySpan<JsValue> arguments) => NormaliseTag(context.Text(arguments, 0));
}
