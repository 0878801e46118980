using System.Text.Json;
using System.Text.Json.Serialization;
using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Hub.Views;

/// <summary>How the API's values are written and read as JSON: names as in the configuration (<c>timeout_ms</c>), made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(HookView))]
[JsonSerializable(typeof(IReadOnlyList<HookView>))]
[JsonSerializable(typeof(StatisticsView))]
[JsonSerializable(typeof(IReadOnlyList<StatisticsView>))]
[JsonSerializable(typeof(ExecutionView))]
[JsonSerializable(typeof(IReadOnlyList<ExecutionView>))]
[JsonSerializable(typeof(IReadOnlyList<DecisionView>))]
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
[JsonSerializable(typeof(ReloadView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ConditionView))]
[JsonSerializable(typeof(HookManagerStatus))]
[JsonSerializable(typeof(MonitorStatus))]
public sealed partial class HubJson : JsonSerializerContext;
