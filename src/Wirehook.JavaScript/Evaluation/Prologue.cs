using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Moves an argument from its slot to the binding that holds the parameter.</summary>
internal sealed class ParameterStep(int slot, Target target) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var value = frame.Slot(slot);
        target.Assign(ref frame, value);
        return Completion.Normal;
    }
}

/// <summary>A parameter with a default or a pattern.</summary>
internal sealed class ArgumentRead(int slot) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => frame.Slot(slot);
}

/// <summary><c>value === undefined ? default : value</c>, for parameters and patterns.</summary>
internal sealed class WithDefault(Operation value, Operation defaultValue) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var given = value.Evaluate(ref frame);
        return given.IsUndefined ? defaultValue.Evaluate(ref frame) : given;
    }
}

/// <summary>Collects the arguments beyond the parameters.</summary>
internal sealed class RestRead(int skipped) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var arguments = frame.Arguments!;
        return JsValue.From(frame.Engine.NewArray(arguments.Length > skipped ? arguments.AsSpan(skipped) : default));
    }
}

/// <summary>The running function itself, for the name of a function expression.</summary>
internal sealed class CalleeRead : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(frame.Callee);
}

/// <summary>Makes the <c>arguments</c> object (ES5.1 §10.6).</summary>
internal sealed class ArgumentsRead(bool isMapped, bool isStrict, int[] parameterPlaces) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var values = frame.Arguments!;
        JsObject created = isMapped ? new MappedArguments(engine, frame.Environment!, Places(values.Length)) : new UnmappedArguments(engine);
        created.DefineData(PropertyKey.FromIdentifier("length"), JsValue.From((double)values.Length), PropertyAttributes.Hidden);
        if (isStrict || !isMapped)
        {
            var thrower = engine.Intrinsics.ThrowTypeError;
            created.DefineOwnProperty("callee", PropertyDescriptor.AccessorOf(thrower, thrower, PropertyAttributes.None));
        }
        else
        {
            created.DefineData("callee", JsValue.From(frame.Callee), PropertyAttributes.Hidden);
        }
        for (int i = 0; i < values.Length; i++)
            created.AddSlot(PropertyKey.FromIndex((uint)i), values[i], PropertyAttributes.All);
        return JsValue.From(created);
    }

    private int[] Places(int count)
    {
        var places = new int[Math.Min(count, parameterPlaces.Length)];
        Array.Copy(parameterPlaces, places, places.Length);
        return places;
    }
}

/// <summary>Declares a global variable or function of standard global code or eval code (ES5.1 §10.5).</summary>
internal sealed class DeclareGlobalStep(string name, Operation? function, bool isDeletable) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var global = frame.Engine.Global;
        var attributes = PropertyAttributes.Writable | PropertyAttributes.Enumerable | (isDeletable ? PropertyAttributes.Configurable : 0);
        if (function is null)
        {
            if (!global.HasOwnProperty(name))
                global.DefineOrThrow(name, PropertyDescriptor.Data(default, attributes));
            return Completion.Normal;
        }
        bool exists = global.GetOwnProperty(name, out var current);
        if (exists && !current.IsConfigurable)
        {
            if (current.IsAccessor || !current.IsWritable || !current.IsEnumerable)
                throw frame.Engine.TypeError($"Cannot redefine property: {name}");
            attributes = current.Attributes;
        }
        global.DefineOrThrow(name, PropertyDescriptor.Data(function.Evaluate(ref frame), attributes));
        return Completion.Normal;
    }
}

/// <summary>Declares a variable or function of sloppy eval code in the function that called eval (ES5.1 §10.4.2, §10.5).</summary>
internal sealed class DeclareDynamicStep(string name, Scope evalScope, Cell[] cells, Operation? function) : Step
{
    internal override Completion Execute(ref Frame frame)
    {
        var value = function is null ? default : function.Evaluate(ref frame);
        var environment = frame.Environment;
        var scope = evalScope;
        for (; scope.Parent is not null && scope.Kind is not (ScopeKind.Function or ScopeKind.Script); scope = scope.Parent)
        {
            if (scope.NeedsEnvironment)
                environment = (JsValue[]?)environment![0].Reference;
        }
        if (Known(scope, environment) is { IsFound: true } place)
        {
            if (function is not null)
                place.Write(ref frame, name, value, false);
        }
        else if (scope.HasDynamicVars && scope.NeedsEnvironment)
        {
            DeclareIn(ref frame, ref environment![EnvironmentLayout.DynamicVariables(scope)], value);
        }
        else
        {
            new DeclareGlobalStep(name, function is null ? null : new Constant(value), true).Execute(ref frame);
        }
        return Completion.Normal;
    }

    private DynamicPlace Known(Scope scope, JsValue[]? environment) => scope.Find(name) switch
    {
        { Storage: BindingStorage.Heap } binding =>
            new DynamicPlace { Slots = environment, Index = EnvironmentLayout.FirstSlot + binding.Slot, Binding = binding },
        { Storage: BindingStorage.Cell } binding => new DynamicPlace { Cell = cells[binding.Slot], Binding = binding },
        _ => default,
    };

    private void DeclareIn(ref Frame frame, ref JsValue variables, in JsValue value)
    {
        if (!variables.IsObject)
            variables = JsValue.From(frame.Engine.NewObject(null));
        if (function is not null || !variables.AsObject.HasOwnProperty(name))
            variables.AsObject.DefineData(name, value);
    }
}
