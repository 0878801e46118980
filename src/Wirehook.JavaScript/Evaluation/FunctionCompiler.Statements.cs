using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

internal sealed partial class FunctionCompiler
{
    private Step[] Compile(Statement[] statements)
    {
        var steps = new List<Step>(statements.Length);
        foreach (var statement in statements)
        {
            var step = Compile(statement);
            if (step is not EmptyStep)
                steps.Add(step);
        }
        return [.. steps];
    }

    private Step Compile(Statement statement)
    {
        EnterNested();
        var step = Traced(statement, CompileUnchecked(statement));
        if (_depth-- % StackCheck.Interval == 0)
            step = new StackCheckStep(step);
        return _keepsValues && HasOwnValue(statement) ? new BlockStep([ClearValueStep.Instance, step]) : step;
    }

    /// <summary>True for statements whose completion value is their own or undefined, never that of a statement before them (ECMA-262 6 UpdateEmpty).</summary>
    private static bool HasOwnValue(Statement statement)
    {
        while (statement is LabeledStatement labeled)
            statement = labeled.Body;
        return statement is IfStatement or SwitchStatement or TryStatement or WithStatement
            or ForStatement or ForEachStatement or WhileStatement or DoWhileStatement;
    }

    private Step CompileUnchecked(Statement statement) => statement switch
    {
        ExpressionStatement s when _keepsValues => new ValueStep(Compile(s.Expression)),
        ExpressionStatement s => new ExpressionStep(Compile(s.Expression)),
        VariableDeclaration s => CompileDeclaration(s),
        FunctionDeclaration s => CompileFunctionDeclaration(s),
        EmptyStatement or DebuggerStatement => EmptyStep.Instance,
        BlockStatement s => CompileScope(s.Scope, () => new BlockStep(Compile(s.Body))),
        IfStatement s => new IfStep(CompileTest(s.Test), Compile(s.WhenTrue), s.WhenFalse is null ? null : Compile(s.WhenFalse)),
        SwitchStatement s => CompileSwitch(s),
        LabeledStatement s => CompileLabeled(s),
        BreakStatement s => new JumpStep(Completion.Break, s.Label),
        ContinueStatement s => new JumpStep(Completion.Continue, s.Label),
        ReturnStatement s => new ReturnStep(CompileReturned(s)),
        ThrowStatement s => new ThrowStep(Compile(s.Argument), s.Start),
        TryStatement s => CompileTry(s),
        WithStatement s => new WithStep(Compile(s.Object), Within(s.Scope, () => Compile(s.Body)), s.Start),
        _ => CompileLoop(statement, []),
    };

    private Operation? CompileReturned(ReturnStatement statement)
    {
        if (statement.Argument is { } argument)
            return TracedValue(JsTraceKind.Return, argument, Compile(argument));
        return IsTracedFunction ? TracedValue(JsTraceKind.Return, statement, new Constant(default)) : null;
    }

    private Step CompileDeclaration(VariableDeclaration declaration)
    {
        var steps = new List<Step>(declaration.Declarators.Length);
        foreach (var declarator in declaration.Declarators)
        {
            if (declarator.Initializer is not null)
                steps.Add(CompileStore(declarator, declaration.Kind));
            else if (declaration.Kind != DeclarationKind.Var)
                steps.Add(new StoreStep(CompileTarget(declarator.Target, declares: true), new Constant(default)));
        }
        return steps.Count switch
        {
            0 => EmptyStep.Instance,
            1 => steps[0],
            _ => new BlockStep([.. steps]),
        };
    }

    private Step CompileStore(VariableDeclarator declarator, DeclarationKind kind)
    {
        var value = TracedValue(JsTraceKind.Assign, declarator.Target, Compile(declarator.Initializer!));
        bool declares = kind != DeclarationKind.Var;
        if (declarator.Target is not Identifier id)
            return new StoreStep(CompileTarget(declarator.Target, declares), value);
        if (id.Reference.Kind == ReferenceKind.Frame)
            return new SlotStoreStep(id.Reference.Slot, value);
        if (id.Reference.Kind == ReferenceKind.Dynamic && !declares)
            return new ExpressionStep(new DynamicAssign(NameOf(id), null, value, id.Start));
        return new StoreStep(CompileTarget(id, declares), value);
    }

    private Step CompileFunctionDeclaration(FunctionDeclaration declaration)
    {
        if (declaration.VarCopy is not { } copy)
            return EmptyStep.Instance;
        return new StoreStep(CompileTarget(copy, declares: false), CompileRead(declaration.Id));
    }

    /// <summary>Compiles what a scope surrounds, with its environment, its uninitialised variables and its functions.</summary>
    private Step CompileScope(Scope? scope, Func<Step> compile)
    {
        if (scope is null)
            return compile();
        return Within(scope, () =>
        {
            var steps = new List<Step>();
            MarkUninitialized(scope, steps);
            HoistFunctions(scope, steps);
            var inner = compile();
            var body = steps.Count == 0 ? inner : new BlockStep([.. steps, inner]);
            int size = EnvironmentLayout.SizeOf(scope);
            return size == 0 ? body : new ScopedStep(size, body);
        });
    }

    private SwitchStep CompileSwitch(SwitchStatement statement)
    {
        var discriminant = CompileTest(statement.Discriminant);
        var cases = Reserving(1, () => CompileScope(statement.Scope, () => CompileCases(statement)));
        return new SwitchStep(discriminant, cases);
    }

    private CasesStep CompileCases(SwitchStatement statement)
    {
        var steps = new List<Step>();
        var tests = new Operation?[statement.Cases.Length];
        var starts = new int[statement.Cases.Length];
        int defaultStart = -1;
        for (int i = 0; i < tests.Length; i++)
        {
            var clause = statement.Cases[i];
            tests[i] = clause.Test is null ? null : Compile(clause.Test);
            starts[i] = steps.Count;
            if (clause.Test is null)
                defaultStart = steps.Count;
            steps.AddRange(Compile(clause.Body));
        }
        return new CasesStep(tests, starts, defaultStart, [.. steps]);
    }

    private Step CompileLabeled(LabeledStatement statement)
    {
        var labels = new List<string> { statement.Label };
        var body = statement.Body;
        for (; body is LabeledStatement inner; body = inner.Body)
            labels.Add(inner.Label);
        bool isLoop = body is ForStatement or ForEachStatement or WhileStatement or DoWhileStatement;
        var step = isLoop ? CompileLoop(body, [.. labels]) : Compile(body);
        for (int i = labels.Count - 1; i >= 0; i--)
            step = new LabelStep(labels[i], step);
        return step;
    }

    private TryStep CompileTry(TryStatement statement)
    {
        var block = Compile(statement.Block);
        var finalizer = statement.Finalizer is null ? null : Compile(statement.Finalizer);
        if (statement.Handler is not { } handler)
            return new TryStep(block, null, 0, null, finalizer);
        return Within(handler.Scope, () =>
        {
            var steps = new List<Step>();
            if (handler.Scope is not null)
                MarkUninitialized(handler.Scope, steps);
            var parameter = handler.Parameter is null ? null : TracedPlace(handler.Parameter, CompileTarget(handler.Parameter, declares: true));
            Step body = Compile(handler.Body);
            if (_keepsValues)
                body = new BlockStep([ClearValueStep.Instance, body]);
            var before = steps.Count == 0 || parameter is null ? parameter : new PreparedTarget([.. steps], parameter);
            return new TryStep(block, before, EnvironmentLayout.SizeOf(handler.Scope), body, finalizer);
        });
    }

    private Step CompileLoop(Statement statement, string[] labels)
    {
        switch (statement)
        {
            case WhileStatement s:
                return new WhileStep(CompileTest(s.Test), Compile(s.Body), labels, s.Start);
            case DoWhileStatement s:
                return new DoWhileStep(Compile(s.Body), CompileTest(s.Test), labels, s.Start);
            case ForStatement s:
                return Within(s.Scope, () => CompileFor(s, labels));
            case ForEachStatement s:
                return Within(s.Scope, () => CompileForEach(s, labels));
            default:
                throw new InvalidOperationException($"No code for {statement.GetType().Name}.");
        }
    }

    private Step CompileFor(ForStatement statement, string[] labels)
    {
        var steps = new List<Step>();
        if (statement.Scope is not null)
            MarkUninitialized(statement.Scope, steps);
        if (statement.Initializer is VariableDeclaration declaration)
            steps.Add(Compile(declaration));
        else if (statement.Initializer is Expression expression)
            steps.Add(new ExpressionStep(Compile(expression)));
        var init = new BlockStep([.. steps]);
        var test = statement.Test is null ? null : CompileTest(statement.Test);
        var update = statement.Update is null ? null : Compile(statement.Update);
        var body = Compile(statement.Body);
        int size = EnvironmentLayout.SizeOf(statement.Scope);
        return size == 0
            ? new ForStep(init, test, update, body, labels, statement.Start)
            : new ScopedForStep(size, init, test, update, body, labels, statement.Start);
    }

    private Step CompileForEach(ForEachStatement statement, string[] labels)
    {
        var marks = new List<Step>();
        if (statement.Scope is not null)
            MarkUninitialized(statement.Scope, marks);
        var before = new BlockStep([.. marks]);
        int size = EnvironmentLayout.SizeOf(statement.Scope);
        var value = CompileTest(statement.Right);
        if (size > 0 || marks.Count > 0)
            value = new ScopedOperation(size, before, value);
        Reserve(1);
        var (target, initial) = CompileLoopTarget(statement.Left);
        target = TracedPlace(statement.Left, target);
        var body = Compile(statement.Body);
        Reserve(-1);
        Step loop = statement.IsOf
            ? new ForOfStep(value, before, target, body, size, labels, statement.Start)
            : new ForInStep(value, before, target, body, size, labels, statement.Start);
        return initial is null ? loop : new BlockStep([initial, loop]);
    }

    // `for (var x = 1 in o)` is legal in sloppy code (ES5.1 §12.6.4): the initializer runs once before the loop.
    private (Target Target, Step? Initial) CompileLoopTarget(Node left)
    {
        if (left is not VariableDeclaration declaration)
            return (CompileTarget((Expression)left, declares: false), null);
        var declarator = declaration.Declarators[0];
        bool declares = declaration.Kind != DeclarationKind.Var;
        var initial = declarator.Initializer is null ? null : CompileStore(declarator, declaration.Kind);
        return (CompileTarget(declarator.Target, declares), initial);
    }
}
