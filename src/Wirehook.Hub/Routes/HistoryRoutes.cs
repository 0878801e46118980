using System.Text.Json.Serialization.Metadata;
using Wirehook.EventHooks.Hooks;
using Wirehook.Hub.Api;
using Wirehook.Hub.Views;

namespace Wirehook.Hub.Routes;

/// <summary>What happened: finished runs, decisions, events.</summary>
internal static class HistoryRoutes
{
    private const int Most = 10_000;
    private const int Otherwise = 100;
    private static readonly Dictionary<string, string> Last = new() { ["last"] = $"How many of the newest, {Otherwise} if not given, at most {Most}." };

    /// <summary>The operations on the past of <paramref name="service"/>.</summary>
    public static IEnumerable<ApiRoute> For(IHookService service)
    {
        var hooks = service.Hooks;
        yield return List("/api/hooks/{name}/history", "The newest finished runs of a hook, newest last.", HubJson.Default.IReadOnlyListExecutionView,
            (r, last) => [.. hooks.History(HookRoutes.Find(hooks, r).Definition.Name, last).Select(ExecutionView.Of)]);
        yield return List("/api/hooks/{name}/explain", "Why a hook did or did not run for the newest events, clause by clause, newest last.", HubJson.Default.IReadOnlyListDecisionView,
            (r, last) => [.. (hooks.Explain(HookRoutes.Find(hooks, r).Definition.Name, last) ?? []).Select(DecisionView.Of)]);
        yield return List("/api/executions", "The newest finished runs of all hooks, newest last.", HubJson.Default.IReadOnlyListExecutionView,
            (_, last) => [.. hooks.History(null, last).Select(ExecutionView.Of)]);
        yield return List("/api/events", "The newest network events, newest last.", HubJson.Default.IReadOnlyListJsonElement,
            (_, last) => [.. service.RecentEvents(last).Select(EventView.Of)]);
        yield return new ApiRoute
        {
            Method = "GET",
            Pattern = "/api/executions/{id}",
            Summary = "One finished run, as long as it is remembered.",
            Answer = HubJson.Default.ExecutionView,
            Handle = r => ValueTask.FromResult(ApiAnswer.Of(Find(hooks, r.Path("id")), HubJson.Default.ExecutionView)),
        };
    }

    private static ExecutionView Find(HookManager hooks, string id) =>
        hooks.FindRun(id) is { } run
            ? ExecutionView.Of(run)
            : throw new ApiProblemException(ApiProblem.NotFound($"No finished run {id} is remembered (hook_limits.history says how many are)."));

    private static ApiRoute List<T>(string pattern, string summary, JsonTypeInfo<IReadOnlyList<T>> type, Func<ApiRequest, int, IReadOnlyList<T>> read) => new()
    {
        Method = "GET",
        Pattern = pattern,
        Summary = summary,
        Query = Last,
        Answer = type,
        Handle = r => ValueTask.FromResult(ApiAnswer.Of(read(r, r.Number("last", Otherwise, Most)), type)),
    };
}
