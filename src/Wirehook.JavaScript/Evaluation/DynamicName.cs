using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A name that eval or <c>with</c> forces to be looked up at run time, from the scope where it is written.</summary>
internal sealed class DynamicName(string name, Scope scope, Cell[] cells)
{
    internal string Name { get; } = name;

    internal bool IsStrict { get; } = scope.IsStrict;

    /// <summary>Finds where the name lives now (ES5.1 §10.2.2.1).</summary>
    internal DynamicPlace Resolve(ref Frame frame)
    {
        var environment = frame.Environment;
        for (var s = scope; s is not null; s = s.Parent)
        {
            if (s.Kind == ScopeKind.With)
            {
                var o = environment![EnvironmentLayout.FirstSlot].AsObject;
                if (o.HasProperty(Name))
                    return new DynamicPlace { Object = o, IsWith = true };
            }
            else if (Find(s, environment) is { IsFound: true } place)
            {
                return place;
            }
            if (s.NeedsEnvironment)
                environment = (JsValue[]?)environment![0].Reference;
        }
        var global = frame.Engine.Global;
        return new DynamicPlace { Object = global, IsMissing = !global.HasProperty(Name) };
    }

    private DynamicPlace Find(Scope s, JsValue[]? environment)
    {
        if (s.Find(Name) is { } binding)
        {
            if (binding.Storage == BindingStorage.Heap)
                return new DynamicPlace { Slots = environment, Index = EnvironmentLayout.FirstSlot + binding.Slot, Binding = binding };
            if (binding.Storage == BindingStorage.Cell)
                return new DynamicPlace { Cell = cells[binding.Slot], Binding = binding };
        }
        if (s.HasDynamicVars && s.NeedsEnvironment && environment![EnvironmentLayout.DynamicVariables(s)] is { IsObject: true } variables
            && variables.AsObject.HasOwnProperty(Name))
        {
            return new DynamicPlace { Object = variables.AsObject };
        }
        return default;
    }
}

/// <summary>Where a name was found at run time.</summary>
internal struct DynamicPlace
{
    internal JsValue[]? Slots;
    internal int Index;
    internal Cell? Cell;
    internal JsObject? Object;
    internal Binding? Binding;
    internal bool IsWith;
    internal bool IsMissing;

    internal readonly bool IsFound => Slots is not null || Cell is not null || Object is not null;

    /// <summary>The value that a call of the name gets as <c>this</c> (ES5.1 §11.2.3).</summary>
    internal readonly JsValue ThisValue => IsWith ? JsValue.From(Object!) : default;

    internal readonly JsValue Read(ref Frame frame, string name, bool forTypeOf, bool isStrict)
    {
        if (Object is not null)
        {
            if (IsMissing || (IsWith && isStrict && !Object.HasProperty(name)))
                return forTypeOf ? default : throw frame.Engine.ReferenceError($"{name} is not defined");
            return Object.Get(name);
        }
        var value = Slots is not null ? Slots[Index] : Cell!.Value;
        return value.IsEmpty ? throw frame.Engine.ReferenceError($"Cannot access '{name}' before initialization") : value;
    }

    internal readonly void Write(ref Frame frame, string name, in JsValue value, bool isStrict)
    {
        if (Object is not null)
        {
            WriteProperty(ref frame, name, value, isStrict);
            return;
        }
        ref var slot = ref Slots is not null ? ref Slots[Index] : ref Cell!.Value;
        if (slot.IsEmpty)
            throw frame.Engine.ReferenceError($"Cannot access '{name}' before initialization");
        if (Binding!.Kind == BindingKind.Const || (Binding.Kind == BindingKind.Self && isStrict))
            throw frame.Engine.TypeError("Assignment to constant variable.");
        if (Binding.Kind != BindingKind.Self)
            slot = value;
    }

    /// <summary>The delete operator on a name: only variables added by eval and object properties can go (ES5.1 §11.4.1).</summary>
    internal readonly bool Delete(string name) => Object is not null && (IsMissing || Object.Delete(name));

    private readonly void WriteProperty(ref Frame frame, string name, in JsValue value, bool isStrict)
    {
        if (isStrict && (IsMissing || !Object!.HasProperty(name)))
            throw frame.Engine.ReferenceError($"{name} is not defined");
        if (!Object!.TrySet(name, value) && isStrict)
            throw frame.Engine.TypeError($"Cannot assign to read only property '{name}' of object '{Object.DisplayName}'");
    }
}
