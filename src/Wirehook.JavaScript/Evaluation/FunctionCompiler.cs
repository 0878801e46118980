using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Turns the resolved syntax tree of one function into operations and steps.</summary>
internal sealed partial class FunctionCompiler
{
    private readonly FunctionCode _code;
    private readonly JsEngine _engine;
    private readonly FunctionNode _function;
    private readonly bool _keepsValues;
    private Scope _scope;
    private bool _isStrict;
    private int _pending;
    private int _depth;

    internal FunctionCompiler(FunctionCode code, FunctionNode function)
    {
        _code = code;
        _engine = code.Engine;
        _function = function;
        _scope = _function.Scope;
        _isStrict = _function.IsStrict;
        _keepsValues = _function.Kind is FunctionKind.Script or FunctionKind.Eval;
    }

    /// <summary>The most values that the code holds on the stack at once besides its slots.</summary>
    internal int MaximumPending { get; private set; }

    internal Step[] CompileBody() => TraceExit(Compile(_function.Body));

    /// <summary>What happens between the call and the first statement (ES5.1 §10.5, ECMA-262 6 §9.2.12).</summary>
    internal Step[] CompilePrologue()
    {
        var steps = new List<Step>();
        TraceEntry(steps);
        MarkUninitialized(_scope, steps);
        if (_keepsValues)
        {
            DeclareTopLevel(steps);
        }
        else
        {
            CompileParameters(steps);
        }
        HoistFunctions(_scope, steps);
        return [.. steps];
    }

    private void CompileParameters(List<Step> steps)
    {
        bool isSimple = _function.HasSimpleParameters;
        if (isSimple)
            CompilePlainParameters(steps);
        if (_function.ArgumentsBinding is { } arguments)
            steps.Add(new StoreStep(TargetOf(arguments), CompileArgumentsObject()));
        if (_function.SelfBinding is { } self)
            steps.Add(new StoreStep(TargetOf(self), new CalleeRead()));
        if (isSimple)
            return;
        for (int i = 0; i < _function.Parameters.Length; i++)
            CompileParameter(_function.Parameters[i], i, steps);
        if (_function.Rest is { } rest)
            steps.Add(new StoreStep(CompileTarget(rest, declares: true), new RestRead(_function.Parameters.Length)));
    }

    private void CompilePlainParameters(List<Step> steps)
    {
        foreach (var binding in _scope.Bindings)
        {
            if (binding.ParameterIndex >= 0 && binding.Storage == BindingStorage.Heap)
                steps.Add(new ParameterStep(binding.ParameterIndex, TargetOf(binding)));
        }
    }

    private void CompileParameter(PatternElement parameter, int index, List<Step> steps)
    {
        Operation value = new ArgumentRead(index);
        if (parameter.DefaultValue is { } defaultValue)
            value = new WithDefault(value, Compile(defaultValue));
        steps.Add(new StoreStep(CompileTarget(parameter.Target, declares: true), value));
    }

    private ArgumentsRead CompileArgumentsObject()
    {
        var places = new int[_function.HasMappedArguments ? _function.Parameters.Length : 0];
        foreach (var binding in _scope.Bindings)
        {
            if (binding.ParameterIndex >= 0 && places.Length > 0)
                places[binding.ParameterIndex] = EnvironmentLayout.FirstSlot + binding.Slot;
        }
        bool isMapped = !_function.IsStrict && _function.HasSimpleParameters;
        return new ArgumentsRead(isMapped, _function.HasMappedArguments, places);
    }

    private void DeclareTopLevel(List<Step> steps)
    {
        bool isEval = _function.Kind == FunctionKind.Eval;
        foreach (var binding in _scope.Bindings)
        {
            if (binding.Storage == BindingStorage.Global)
                steps.Add(new DeclareGlobalStep(binding.Name, null, isEval));
            else if (binding.Storage == BindingStorage.Dynamic)
                steps.Add(new DeclareDynamicStep(binding.Name, _scope, _code.Cells, null));
        }
    }

    private void HoistFunctions(Scope scope, List<Step> steps)
    {
        foreach (var declaration in scope.Functions)
        {
            var closure = new Closure(CodeOf(declaration.Function));
            var binding = scope.Find(declaration.Id.Name);
            if (binding is { Storage: BindingStorage.Global })
                steps.Add(new DeclareGlobalStep(binding.Name, closure, _function.Kind == FunctionKind.Eval));
            else if (binding is { Storage: BindingStorage.Dynamic })
                steps.Add(new DeclareDynamicStep(binding.Name, _scope, _code.Cells, closure));
            else
                steps.Add(new StoreStep(CompileTarget(declaration.Id, declares: true), closure));
        }
    }

    /// <summary>Marks the variables that some use might reach before their declaration.</summary>
    private void MarkUninitialized(Scope scope, List<Step> steps)
    {
        foreach (var binding in scope.Bindings)
        {
            if (binding.NeedsTdz)
                steps.Add(new StoreStep(TargetOf(binding), new Constant(JsValue.Empty)));
        }
    }

    private FunctionCode CodeOf(FunctionNode function) => new(_engine, function, _code.Cells);

    /// <summary>Compiles within a scope, leaving the compiler's state as it was.</summary>
    private T Within<T>(Scope? scope, Func<T> compile)
    {
        if (scope is null)
            return compile();
        var outer = _scope;
        _scope = scope;
        var result = compile();
        _scope = outer;
        return result;
    }

    /// <summary>Notes that values are on the stack while the operands that follow are evaluated; undo with a negative count.</summary>
    private void Reserve(int count)
    {
        _pending += count;
        MaximumPending = Math.Max(MaximumPending, _pending);
    }

    private T Reserving<T>(int count, Func<T> compile)
    {
        Reserve(count);
        var result = compile();
        Reserve(-count);
        return result;
    }

    private void EnterNested()
    {
        if (++_depth % StackCheck.Interval == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw _engine.StackExhausted();
    }
}
