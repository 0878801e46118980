using System.Reflection;
using System.Text.Json;
using Wirehook.EventHooks.Conditions;
using Wirehook.Hub.Api;
using Wirehook.Hub.Views;

namespace Wirehook.Hub.Routes;

/// <summary>The program as a whole: health, limits, the monitor, reload, conditions.</summary>
internal static class StatusRoutes
{
    /// <summary>The operations on <paramref name="service"/> as a whole.</summary>
    public static IEnumerable<ApiRoute> For(IHookService service)
    {
        yield return new ApiRoute
        {
            Method = "GET",
            Pattern = "/api/health",
            Summary = "Whether everything works, in short.",
            Answer = HubJson.Default.HealthView,
            Handle = _ => ValueTask.FromResult(ApiAnswer.Of(Health(service), HubJson.Default.HealthView)),
        };
        yield return new ApiRoute
        {
            Method = "GET",
            Pattern = "/api/limits",
            Summary = "The limits over all hooks, and how far they are used.",
            Answer = HubJson.Default.HookManagerStatus,
            Handle = _ => ValueTask.FromResult(ApiAnswer.Of(service.Hooks.Status, HubJson.Default.HookManagerStatus)),
        };
        yield return new ApiRoute
        {
            Method = "GET",
            Pattern = "/api/monitor",
            Summary = "What the network monitor listens to, its buffers, overruns and resyncs.",
            Answer = HubJson.Default.MonitorStatus,
            Handle = _ => ValueTask.FromResult(ApiAnswer.Of(service.Monitor ?? throw NoMonitor(), HubJson.Default.MonitorStatus)),
        };
        yield return new ApiRoute
        {
            Method = "POST",
            Pattern = "/api/reload",
            Summary = "Reads the configuration file again. One that cannot be used changes nothing.",
            Answer = HubJson.Default.ReloadView,
            Handle = _ => ValueTask.FromResult(Reload(service)),
        };
        yield return new ApiRoute
        {
            Method = "POST",
            Pattern = "/api/conditions/validate",
            Summary = "Checks a condition: {\"condition\":\"…\"}.",
            HasBody = true,
            Answer = HubJson.Default.ConditionView,
            Handle = Validate,
        };
    }

    private static ApiProblemException NoMonitor() => new(ApiProblem.NotFound("Events come from a recording; no monitor runs."));

    private static HealthView Health(IHookService service)
    {
        var status = service.Hooks.Status;
        var monitor = service.Monitor;
        var notes = new List<string>(monitor?.Notes ?? []);
        if (status.Dropped > 0) notes.Add($"{status.Dropped} events were dropped before any hook saw them.");
        return new HealthView(
            Healthy: status.Dropped == 0 && (monitor?.Namespaces.All(n => n.Ready) ?? true),
            Version: Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            Pid: Environment.ProcessId,
            UptimeSeconds: Math.Round((DateTimeOffset.UtcNow - service.StartedAt).TotalSeconds, 3),
            Hooks: status.Hooks,
            Running: status.Running,
            Waiting: status.Waiting,
            Received: status.Received,
            Dropped: status.Dropped,
            Overruns: monitor?.Overruns ?? 0,
            Notes: notes);
    }

    private static ApiAnswer Reload(IHookService service)
    {
        var reload = service.Reload();
        if (!reload.Succeeded) throw new ApiProblemException(ApiProblem.Invalid(string.Join('\n', reload.Errors)));
        return ApiAnswer.Of(ReloadView.Of(reload), HubJson.Default.ReloadView);
    }

    private static async ValueTask<ApiAnswer> Validate(ApiRequest request)
    {
        using var body = await request.Body();
        if (body?.RootElement is not { } json || !json.TryGetProperty("condition"u8, out var asked) || asked.ValueKind != JsonValueKind.String || json.GetPropertyCount() > 1)
            throw new ApiProblemException(ApiProblem.Invalid("The body must be {\"condition\":\"…\"}, without further members."));
        var compilation = Condition.Compile(asked.GetString()!);
        var view = new ConditionView(
            compilation.Succeeded,
            compilation.Condition?.ToString(),
            compilation.Error is { } error ? ConditionErrorView.Of(error) : null,
            [.. compilation.Warnings.Select(ConditionErrorView.Of)]);
        return ApiAnswer.Of(view, HubJson.Default.ConditionView);
    }
}
