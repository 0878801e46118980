using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Syntax;

/// <summary>
/// Declares every name of a tree, then resolves every use of one. A first walk makes scopes and bindings and notes the uses;
/// only when all declarations are known are uses bound, captures found and slots given.
/// </summary>
internal sealed partial class ScopeAnalysis(SyntaxErrors errors, JsScriptScope mode)
{
    /// <summary>Height of the tree that later passes have to walk; chains of operators make it higher than the source is nested.</summary>
    private const int MaxHeight = 6000;

    private readonly List<Scope> _scopes = [];
    private readonly List<FunctionNode> _functions = [];
    private readonly List<Use> _uses = [];
    private readonly List<CallExpression> _evals = [];
    private Scope _scope = null!;
    private int _height;

    /// <summary>Script cells given out.</summary>
    public int CellCount { get; private set; }

    /// <summary>Resolves a whole tree.</summary>
    /// <param name="main">The top-level code.</param>
    /// <param name="caller">The scope around direct eval code, resolved before; otherwise null.</param>
    public void Analyze(FunctionNode main, Scope? caller)
    {
        var kind = main.Kind == FunctionKind.Script ? ScopeKind.Script : ScopeKind.Eval;
        _scope = caller!;
        _functions.Add(main);
        main.Scope = Open(kind, main, main.IsStrict);
        Hoist(main.Body, main.Scope);
        VisitAll(main.Body);
        if (!errors.Any) Resolve();
    }

    private Scope Open(ScopeKind kind, FunctionNode function, bool strict)
    {
        var scope = new Scope(kind, _scope, function) { IsStrict = strict };
        _scopes.Add(scope);
        _scope = scope;
        return scope;
    }

    private Scope OpenInner(ScopeKind kind) => Open(kind, _scope.Function, _scope.IsStrict);

    private void Close() => _scope = _scope.Parent!;

    private void Enter(Node node)
    {
        if (++_height > MaxHeight || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw errors.Fail(node.Start, node.Start + 1, "Code is too deeply nested");
    }

    /// <summary>Notes a use of a name in the current scope.</summary>
    private void Note(Identifier id, UseKind kind) => _uses.Add(new Use(id, _scope, _scope, kind));

    private void VisitFunction(FunctionNode function)
    {
        _functions.Add(function);
        function.Scope = Open(ScopeKind.Function, function, function.IsStrict);
        for (int i = 0; i < function.Parameters.Length; i++) DeclareParameter(function.Parameters[i].Target, i, function.Parameters[i].End);
        if (function.Rest is not null) DeclareParameter(function.Rest, -1, function.Rest.End);
        Hoist(function.Body, function.Scope);
        foreach (var parameter in function.Parameters)
        {
            if (parameter.DefaultValue is not null) Visit(parameter.DefaultValue);
            VisitPattern(parameter.Target, UseKind.Declare);
        }

        if (function.Rest is not null) VisitPattern(function.Rest, UseKind.Declare);
        VisitAll(function.Body);
        Close();
    }

    private void DeclareParameter(Expression target, int index, int initializedAt)
    {
        int plainIndex = target is Identifier ? index : -1;
        BoundNames.Visit(target, id =>
        {
            var binding = _scope.Find(id.Name) ?? _scope.Declare(id.Name, BindingKind.Parameter);
            binding.ParameterIndex = plainIndex;
            binding.InitializedAt = initializedAt;
        });
    }

    /// <summary>Declares the let, const and function declarations that stand directly in a list of statements.</summary>
    private void Hoist(Statement[] statements, Scope scope)
    {
        foreach (var statement in statements)
        {
            if (statement is VariableDeclaration { Kind: not DeclarationKind.Var } declaration) HoistLexical(declaration, scope);
            else if (FunctionOf(statement) is { } function) HoistFunction(function, scope);
        }
    }

    private void HoistLexical(VariableDeclaration declaration, Scope scope)
    {
        var kind = declaration.Kind == DeclarationKind.Let ? BindingKind.Let : BindingKind.Const;
        foreach (var declarator in declaration.Declarators)
        {
            BoundNames.Visit(declarator.Target, id =>
            {
                if (scope.Find(id.Name) is not null || ClashesWithCatch(id.Name, scope)) ReportRedeclared(id);
                else scope.Declare(id.Name, kind).InitializedAt = declarator.End;
            });
        }
    }

    /// <summary>The body of a catch clause cannot redeclare its parameter lexically.</summary>
    private static bool ClashesWithCatch(string name, Scope scope) => scope is { Kind: ScopeKind.Block, Parent: { Kind: ScopeKind.Catch } outer } && outer.Find(name) is not null;

    private void ReportRedeclared(Identifier id) => errors.Report(id.Start, id.End, $"Identifier '{id.Name}' has already been declared");

    private static FunctionDeclaration? FunctionOf(Statement statement)
    {
        while (statement is LabeledStatement labeled) statement = labeled.Body;
        return statement as FunctionDeclaration;
    }

    private void HoistFunction(FunctionDeclaration declaration, Scope scope)
    {
        var id = declaration.Id;
        scope.Functions.Add(declaration);
        var known = scope.Find(id.Name);
        if (scope.Kind is ScopeKind.Function or ScopeKind.Script or ScopeKind.Eval)
        {
            if (known is { IsLexical: true }) ReportRedeclared(id);
            else if (known is { Kind: not BindingKind.Parameter }) known.Kind = BindingKind.Function;
            else if (known is null) scope.Declare(id.Name, BindingKind.Function);
            if (known is not null) known.Escapes = true;
            return;
        }

        if (known is { IsLexical: true } || (known is not null && scope.IsStrict) || ClashesWithCatch(id.Name, scope)) ReportRedeclared(id);
        else if (known is null) scope.Declare(id.Name, BindingKind.BlockFunction);
        if (!scope.IsStrict) HoistOutOfBlock(declaration, scope);
    }

    /// <summary>A function in a block of sloppy code is also a variable of the function around it, where no other declaration objects (ECMA-262 6 §B.3.3).</summary>
    private void HoistOutOfBlock(FunctionDeclaration declaration, Scope block)
    {
        string name = declaration.Id.Name;
        var scope = block.Parent!;
        for (; scope.Kind is ScopeKind.Block or ScopeKind.Catch or ScopeKind.With; scope = scope.Parent!)
            if (scope.Kind == ScopeKind.Block && scope.Find(name) is not null) return;

        var known = scope.Find(name);
        if (known is { IsLexical: true } or { Kind: BindingKind.Parameter }) return;
        if (known is null) scope.Declare(name, BindingKind.Var);
        var copy = new Identifier(declaration.Id.Start, declaration.Id.End, name);
        declaration.VarCopy = copy;
        _uses.Add(new Use(copy, scope, block, UseKind.Write));
    }

    /// <summary>Declares a <c>var</c> in the function around it; anything lexical on the way is a clash.</summary>
    private void DeclareVar(Identifier id)
    {
        var scope = _scope;
        for (; scope.Kind is ScopeKind.Block or ScopeKind.Catch or ScopeKind.With; scope = scope.Parent!)
        {
            if (scope.Find(id.Name) is not { Kind: not BindingKind.CatchParameter }) continue;
            ReportRedeclared(id);
            return;
        }

        var known = scope.Find(id.Name);
        if (known is { IsLexical: true }) ReportRedeclared(id);
        else if (known is null && !ClashesWithCaller(id, scope)) scope.Declare(id.Name, IsArgumentsObject(id.Name, scope) ? BindingKind.Arguments : BindingKind.Var);
    }

    /// <summary><c>var arguments</c> names the arguments object that the function already has (§10.5).</summary>
    private static bool IsArgumentsObject(string name, Scope scope) =>
        name == "arguments" && scope.Kind == ScopeKind.Function && scope.Function.Kind != FunctionKind.Arrow;

    /// <summary>Variables of sloppy eval code go to the caller's function, past its blocks, whose let and const they must not meet.</summary>
    private bool ClashesWithCaller(Identifier id, Scope scope)
    {
        if (scope.Kind != ScopeKind.Eval || scope.IsStrict) return false;
        for (var outer = scope.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer.Find(id.Name) is { IsLexical: true } or { Kind: BindingKind.BlockFunction })
            {
                ReportRedeclared(id);
                return true;
            }

            if (outer.Kind is ScopeKind.Function or ScopeKind.Script) break;
        }

        return false;
    }

    /// <summary>What a use does with the name.</summary>
    private enum UseKind : byte { Read, ReadProperty, Write, Declare }

    /// <summary>A use of a name: looked up from <see cref="From"/>, executed in <see cref="At"/>.</summary>
    private readonly record struct Use(Identifier Id, Scope From, Scope At, UseKind Kind);
}
