namespace Wirehook.JavaScript.Syntax;

internal sealed partial class ScopeAnalysis
{
    private void Resolve()
    {
        foreach (var call in _evals) PrepareForEval(call.DirectEvalScope!);
        var found = new (Binding? Binding, bool Dynamic)[_uses.Count];
        for (int i = 0; i < found.Length; i++) found[i] = Bind(_uses[i]);
        foreach (var function in _functions) ShareArguments(function);
        foreach (var function in _functions) function.FrameSize = function.Parameters.Length;
        foreach (var scope in _scopes) PlaceBindings(scope);
        for (int i = 0; i < found.Length; i++) _uses[i].Id.Reference = Refer(_uses[i], found[i].Binding, found[i].Dynamic);
        foreach (var function in _functions) function.FirstParameterEscapes = Escapes(function);
    }

    /// <summary>Evaluated code can reach every name around it, so all of them live in environments, and it may add variables where it is sloppy.</summary>
    private void PrepareForEval(Scope site)
    {
        site.Function.HasDirectEval = true;
        MarkThis(site);
        bool mayDeclare = !site.IsStrict;
        bool needsArguments = true;
        for (var scope = site; scope is not null; scope = scope.Parent)
        {
            if (scope.Kind == ScopeKind.Function)
            {
                if (needsArguments && scope.Function.Kind != FunctionKind.Arrow)
                {
                    FindOrMake(scope, "arguments");
                    needsArguments = false;
                }

                if (scope.Function.HasOwnName) FindOrMake(scope, scope.Function.Name);
            }

            if (mayDeclare && scope.Kind is (ScopeKind.Function or ScopeKind.Script))
            {
                mayDeclare = false;
                scope.HasDynamicVars = scope.Kind == ScopeKind.Function || mode == JsScriptScope.Own;
            }

            foreach (var binding in scope.Bindings)
            {
                binding.IsCaptured = true;
                binding.NeedsTdz |= binding.IsLexical;
            }
        }
    }

    /// <summary>Finds a name in a scope, making the bindings that functions have only when something uses them.</summary>
    private static Binding? FindOrMake(Scope scope, string name)
    {
        if (scope.Find(name) is { } known)
        {
            if (known.Kind == BindingKind.Arguments) scope.Function.ArgumentsBinding = known;
            return known;
        }

        if (scope.Kind != ScopeKind.Function) return null;
        var function = scope.Function;
        if (name == "arguments" && function.Kind != FunctionKind.Arrow) return function.ArgumentsBinding = scope.Declare(name, BindingKind.Arguments);
        if (function.HasOwnName && name == function.Name) return function.SelfBinding = scope.Declare(name, BindingKind.Self);
        return null;
    }

    /// <summary>Finds the binding of a use; dynamic where something on the way may hold the name at run time.</summary>
    private static (Binding? Binding, bool Dynamic) Bind(in Use use)
    {
        bool dynamic = false;
        Binding? binding = null;
        for (var scope = use.From; scope is not null; scope = scope.Parent)
        {
            binding = FindOrMake(scope, use.Id.Name);
            if (binding is { Kind: BindingKind.Self }) dynamic |= scope.HasDynamicVars;
            if (binding is not null) break;
            dynamic |= scope.Kind == ScopeKind.With || scope.HasDynamicVars;
        }

        if (binding is null) return (null, dynamic);
        if (dynamic || binding.Scope.Function != use.At.Function) binding.IsCaptured = true;
        if (use.Kind is UseKind.Read or UseKind.Write) binding.Escapes = true;
        if (PrecedesParameter(use, binding))
        {
            // Until its own turn the parameter is uninitialized, so it cannot share the slot in which its argument waits.
            binding.NeedsTdz = true;
            binding.ParameterIndex = -1;
        }

        return (binding, dynamic);
    }

    /// <summary>True for a use in the default of an earlier parameter, or of the same one (ECMA-262 6 §9.2.12).</summary>
    private static bool PrecedesParameter(in Use use, Binding binding) =>
        binding.Kind == BindingKind.Parameter && use.Kind != UseKind.Declare && use.Id.Start < binding.InitializedAt
        && use.Id.Start >= binding.Scope.Function.Start && !binding.Scope.Function.HasSimpleParameters;

    /// <summary>A mapped arguments object aliases the parameters (§10.6), so they live where it can reach them.</summary>
    private static void ShareArguments(FunctionNode function)
    {
        if (function.ArgumentsBinding is null || function.IsStrict || !function.HasSimpleParameters || function.Parameters.Length == 0) return;
        function.HasMappedArguments = true;
        foreach (var binding in function.Scope.Bindings)
            if (binding.ParameterIndex >= 0) binding.IsCaptured = true;
    }

    private void PlaceBindings(Scope scope)
    {
        foreach (var binding in scope.Bindings)
        {
            binding.Storage = StorageOf(binding);
            binding.Slot = binding.Storage switch
            {
                BindingStorage.Cell => CellCount++,
                BindingStorage.Heap => scope.HeapSize++,
                BindingStorage.Frame => binding.ParameterIndex >= 0 ? binding.ParameterIndex : scope.Function.FrameSize++,
                _ => -1,
            };
        }
    }

    private BindingStorage StorageOf(Binding binding)
    {
        var scope = binding.Scope;
        if (scope.Kind == ScopeKind.Script) return mode == JsScriptScope.Own || binding.IsLexical ? BindingStorage.Cell : BindingStorage.Global;
        if (scope.Kind == ScopeKind.Eval && !scope.IsStrict && !binding.IsLexical) return scope.Parent is null ? BindingStorage.Global : BindingStorage.Dynamic;
        return binding.IsCaptured ? BindingStorage.Heap : BindingStorage.Frame;
    }

    private static Reference Refer(in Use use, Binding? binding, bool dynamic)
    {
        if (dynamic || binding is { Storage: BindingStorage.Dynamic })
        {
            // The look-up at run time may come to the binding before its declaration does.
            if (binding is { IsLexical: true }) binding.NeedsTdz = true;
            return new Reference(ReferenceKind.Dynamic, 0, -1, binding, true);
        }

        if (binding is null || binding.Storage == BindingStorage.Global) return new Reference(ReferenceKind.Global, 0, -1, binding, false);
        bool check = PrecedesParameter(use, binding) || (binding.IsLexical && use.Kind != UseKind.Declare
            && (use.At.Function != binding.Scope.Function || use.Id.Start < binding.InitializedAt));
        binding.NeedsTdz |= check;
        var kind = binding.Storage switch
        {
            BindingStorage.Frame => ReferenceKind.Frame,
            BindingStorage.Heap => ReferenceKind.Heap,
            _ => ReferenceKind.Cell,
        };
        int hops = 0;
        if (kind == ReferenceKind.Heap)
        {
            for (var scope = use.At; scope != binding.Scope; scope = scope.Parent!)
                if (scope.NeedsEnvironment) hops++;
        }

        return new Reference(kind, hops, binding.Slot, binding, check);
    }

    private static bool Escapes(FunctionNode function)
    {
        if (function.HasDirectEval || function.ArgumentsBinding is not null) return true;
        if (function.Parameters.Length == 0) return function.Rest is not null;
        if (function.Parameters[0] is not { Target: Identifier id, DefaultValue: null }) return true;
        var binding = function.Scope.Find(id.Name)!;
        return binding.ParameterIndex != 0 || binding.IsCaptured || binding.Escapes;
    }
}
