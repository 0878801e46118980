using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks.Dispatch;
using Wirehook.EventHooks.Hooks.Scheduling;

namespace Wirehook.EventHooks.Hooks;

/// <summary>The registered hooks in their order: those of the configuration as in the file, then the others by id. Readers see one snapshot.</summary>
internal sealed class HookRegistry(HookScheduler scheduler)
{
    /// <summary>Hooks that may be registered at once.</summary>
    public const int Limit = 1_024;

    private readonly Lock _gate = new();
    private volatile Hook[] _hooks = [];
    private int _lastId;

    public Hook[] Hooks => _hooks;

    public Hook? Find(int id) => Array.Find(_hooks, h => h.Id == id);

    public Hook? Find(string name) => Array.Find(_hooks, h => h.Definition.Name == name);

    public HookRegistration Register(HookDefinition definition)
    {
        var errors = HookDefinitionCheck.Check(definition, out var condition).Select(e => e.Message).ToList();
        if (errors.Count > 0) return new HookRegistration(0, errors);
        lock (_gate)
        {
            if (Find(definition.Name) is not null) return new HookRegistration(0, [$"there is already a hook named {definition.Name}."]);
            if (_hooks.Length >= Limit) return new HookRegistration(0, [$"there are already {Limit} hooks."]);
            var hook = Add(definition, condition, false);
            _hooks = [.. _hooks, hook];
            return new HookRegistration(hook.Id, []);
        }
    }

    public bool Unregister(int id)
    {
        lock (_gate)
        {
            if (Find(id) is not { } hook) return false;
            _hooks = [.. _hooks.Where(h => h != hook)];
            scheduler.Remove(hook.Queue);
            return true;
        }
    }

    public HookReload Apply(HookConfiguration configuration)
    {
        var compiled = new List<(HookDefinition Definition, Condition? Condition)>();
        var errors = new List<string>();
        foreach (var definition in configuration.Hooks)
        {
            var found = HookDefinitionCheck.Check(definition, out var condition);
            errors.AddRange(found.Select(e => $"hook {definition.Name}: {e.Message}"));
            compiled.Add((definition, condition));
        }

        lock (_gate)
        {
            errors.AddRange(Conflicts(configuration.Hooks));
            return errors.Count > 0 ? new HookReload { Errors = errors } : Replace(compiled);
        }
    }

    private IEnumerable<string> Conflicts(IReadOnlyList<HookDefinition> definitions)
    {
        var names = new HashSet<string>(_hooks.Where(h => !h.FromConfiguration).Select(h => h.Definition.Name), StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (!names.Add(definition.Name)) yield return $"there is more than one hook named {definition.Name}.";
        }

        if (names.Count > Limit) yield return $"there are more than {Limit} hooks.";
    }

    private HookReload Replace(List<(HookDefinition Definition, Condition? Condition)> compiled)
    {
        var old = _hooks.Where(h => h.FromConfiguration).ToDictionary(h => h.Definition.Name);
        List<string> added = [], replaced = [], unchanged = [];
        var next = new List<Hook>();
        foreach (var (definition, condition) in compiled)
        {
            var known = old.GetValueOrDefault(definition.Name);
            var same = known is not null && known.Definition.Equals(definition);
            next.Add(same ? known! : Add(definition, condition, true));
            if (same) old.Remove(definition.Name);
            (same ? unchanged : known is null ? added : replaced).Add(definition.Name);
        }

        _hooks = [.. next, .. _hooks.Where(h => !h.FromConfiguration)];
        return new HookReload
        {
            Added = added,
            Replaced = replaced,
            Unchanged = unchanged,
            Removed = [.. old.Keys.Except(replaced)],
            DroppedEvents = old.Values.Sum(h => (long)scheduler.Remove(h.Queue)),
        };
    }

    private Hook Add(HookDefinition definition, Condition? condition, bool fromConfiguration)
    {
        var hook = new Hook(++_lastId, definition, condition, fromConfiguration);
        scheduler.Add(hook.Queue);
        return hook;
    }
}
