using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Hooks;
using Wirehook.Hub.Api;
using Wirehook.Hub.Views;
using Wirehook.Netlink.Events;

namespace Wirehook.Hub.Routes;

/// <summary>Hooks: list, register, remove, enable, disable, reset, test, statistics.</summary>
internal static class HookRoutes
{
    private const string Collection = "/api/hooks";
    private const string One = Collection + "/{name}";

    /// <summary>The operations on the hooks of <paramref name="service"/>.</summary>
    public static IEnumerable<ApiRoute> For(IHookService service)
    {
        var hooks = service.Hooks;
        yield return Get(Collection, "Every hook, in the order of registration.", HubJson.Default.IReadOnlyListHookView,
            _ => [.. hooks.List().Select(HookView.Of)]);
        yield return Get(Collection + "/stats", "The statistics of every hook.", HubJson.Default.IReadOnlyListStatisticsView,
            _ => [.. hooks.List().Select(StatisticsView.Of)]);
        yield return Get(One, "One hook.", HubJson.Default.HookView, r => HookView.Of(Find(hooks, r)));
        yield return Get(One + "/stats", "The statistics of one hook.", HubJson.Default.StatisticsView, r => StatisticsView.Of(Find(hooks, r)));
        yield return Change("enable", "Lets a hook run again, from the next event on.", hooks, h => hooks.Enable(h.Id));
        yield return Change("disable", "Keeps a hook from running, from the next event on; a run under way goes on.", hooks, h => hooks.Disable(h.Id));
        yield return Change("reset", "Sets a hook's statistics back to nothing.", hooks, h => hooks.ResetStatistics(h.Id));
        yield return new ApiRoute
        {
            Method = "POST",
            Pattern = Collection,
            Summary = "Registers a hook: an object with the keys of an entry of nlmon.integration.hooks. It lasts until the program ends.",
            HasBody = true,
            Answer = HubJson.Default.HookView,
            Handle = r => Register(hooks, r),
        };
        yield return new ApiRoute
        {
            Method = "DELETE",
            Pattern = One,
            Summary = "Removes a hook; a run under way goes on to its end.",
            Answer = HubJson.Default.HookView,
            Handle = r => ValueTask.FromResult(Unregister(hooks, r)),
        };
        yield return new ApiRoute
        {
            Method = "POST",
            Pattern = One + "/test",
            Summary = "Runs a hook's program once, whatever its condition says, and answers with what came of it.",
            Answer = HubJson.Default.ExecutionView,
            Query = new Dictionary<string, string> { ["sequence"] = "The recent event that the program sees; one made up for the hook without it." },
            Handle = r => Test(service, r),
        };
    }

    /// <summary>The hook that the path names.</summary>
    /// <exception cref="ApiProblemException">There is none.</exception>
    internal static HookInfo Find(HookManager hooks, ApiRequest request)
    {
        var name = request.Path("name");
        return hooks.Find(name) ?? throw NoSuchHook(hooks, name);
    }

    private static ApiProblemException NoSuchHook(HookManager hooks, string name)
    {
        var names = hooks.List().Select(h => h.Definition.Name).ToArray();
        var known = names.Length == 0 ? "There are no hooks." : Suggestion.For(name, names);
        return new ApiProblemException(ApiProblem.NotFound($"There is no hook {name}. {known.Trim()}".Trim()));
    }

    private static ApiRoute Get<T>(string pattern, string summary, JsonTypeInfo<T> type, Func<ApiRequest, T> read) => new()
    {
        Method = "GET",
        Pattern = pattern,
        Summary = summary,
        Answer = type,
        Handle = r => ValueTask.FromResult(ApiAnswer.Of(read(r), type)),
    };

    private static ApiRoute Change(string operation, string summary, HookManager hooks, Func<HookInfo, bool> change) => new()
    {
        Method = "POST",
        Pattern = $"{One}/{operation}",
        Summary = summary,
        Answer = HubJson.Default.HookView,
        Handle = r =>
        {
            // The hook may be removed by somebody else between both steps: then it does not exist any more.
            if (!change(Find(hooks, r))) throw NoSuchHook(hooks, r.Path("name"));
            return ValueTask.FromResult(ApiAnswer.Of(HookView.Of(Find(hooks, r)), HubJson.Default.HookView));
        },
    };

    private static async ValueTask<ApiAnswer> Register(HookManager hooks, ApiRequest request)
    {
        using var body = await request.Body() ?? throw new ApiProblemException(ApiProblem.Invalid("The body must be a JSON object with name and script."));
        var definition = HookBody.Read(body.RootElement);
        if (hooks.Find(definition.Name) is not null)
            throw new ApiProblemException(ApiProblem.Conflict($"There is a hook {definition.Name} already; DELETE it first."));
        var registration = hooks.Register(definition);
        if (!registration.Succeeded) throw new ApiProblemException(ApiProblem.Invalid(string.Join('\n', registration.Errors)));
        return ApiAnswer.Created(HookView.Of(hooks.Find(definition.Name)!), HubJson.Default.HookView);
    }

    private static ApiAnswer Unregister(HookManager hooks, ApiRequest request)
    {
        var hook = Find(hooks, request);
        if (!hooks.Unregister(hook.Id)) throw NoSuchHook(hooks, request.Path("name"));
        return ApiAnswer.Of(HookView.Of(hook), HubJson.Default.HookView);
    }

    // A test takes as long as the hook's program: on a thread of its own it keeps no other request waiting.
    private static async ValueTask<ApiAnswer> Test(IHookService service, ApiRequest request)
    {
        var name = Find(service.Hooks, request).Definition.Name;
        NetworkEvent? chosen = null;
        if (request.Query("sequence") is { } sequence)
        {
            chosen = service.RecentEvents(int.MaxValue).FirstOrDefault(e => e.Sequence.ToString(CultureInfo.InvariantCulture) == sequence)
                ?? throw new ApiProblemException(ApiProblem.NotFound($"Event {sequence} is not among the newest ones that GET /api/events knows."));
        }

        var run = await Task.Factory.StartNew(() => service.Hooks.Test(name, chosen), request.Aborted, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (run is not null) return ApiAnswer.Of(ExecutionView.Of(run), HubJson.Default.ExecutionView);
        Find(service.Hooks, request);
        throw new ApiProblemException(ApiProblem.Conflict("As many tests as may run at once are running; try again when one has ended."));
    }
}
