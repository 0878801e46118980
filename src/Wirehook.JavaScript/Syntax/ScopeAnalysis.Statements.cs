namespace Wirehook.JavaScript.Syntax;

internal sealed partial class ScopeAnalysis
{
    private void VisitAll(Statement[] statements)
    {
        foreach (var statement in statements) Visit(statement);
    }

    private void Visit(Statement statement)
    {
        Enter(statement);
        switch (statement)
        {
            case ExpressionStatement s: Visit(s.Expression); break;
            case VariableDeclaration s: VisitDeclaration(s); break;
            case FunctionDeclaration s: VisitFunctionDeclaration(s); break;
            case ReturnStatement s: VisitOptional(s.Argument); break;
            case ThrowStatement s: Visit(s.Argument); break;
            case BlockStatement s: s.Scope = VisitBlock(s.Body); break;
            case LabeledStatement s: Visit(s.Body); break;
            case TryStatement s: VisitTry(s); break;
            case SwitchStatement s: VisitSwitch(s); break;
            case WithStatement s: VisitWith(s); break;
            case IfStatement s:
                Visit(s.Test);
                Visit(s.WhenTrue);
                if (s.WhenFalse is not null) Visit(s.WhenFalse);
                break;
            default: VisitLoop(statement); break;
        }

        _height--;
    }

    private void VisitLoop(Statement statement)
    {
        switch (statement)
        {
            case ForStatement s: VisitFor(s); break;
            case ForEachStatement s: VisitForEach(s); break;
            case WhileStatement s:
                Visit(s.Test);
                Visit(s.Body);
                break;
            case DoWhileStatement s:
                Visit(s.Body);
                Visit(s.Test);
                break;
        }
    }

    private void VisitDeclaration(VariableDeclaration declaration)
    {
        foreach (var declarator in declaration.Declarators)
        {
            bool isVar = declaration.Kind == DeclarationKind.Var;
            if (isVar) BoundNames.Visit(declarator.Target, DeclareVar);
            VisitOptional(declarator.Initializer);
            VisitPattern(declarator.Target, isVar ? UseKind.Write : UseKind.Declare);
        }
    }

    private void VisitFunctionDeclaration(FunctionDeclaration declaration)
    {
        Note(declaration.Id, UseKind.Declare);
        VisitFunction(declaration.Function);
    }

    private Scope? VisitBlock(Statement[] body)
    {
        var scope = OpenForLexical(body);
        VisitAll(body);
        if (scope is not null) Close();
        return scope;
    }

    /// <summary>Opens a block scope only where the statements declare something in it.</summary>
    private Scope? OpenForLexical(Statement[] body)
    {
        if (!Array.Exists(body, DeclaresLexically)) return null;
        var scope = OpenInner(ScopeKind.Block);
        Hoist(body, scope);
        return scope;
    }

    private static bool DeclaresLexically(Statement statement) =>
        statement is VariableDeclaration { Kind: not DeclarationKind.Var } || FunctionOf(statement) is not null;

    private void VisitTry(TryStatement statement)
    {
        Visit(statement.Block);
        if (statement.Handler is { } handler) VisitCatch(handler);
        if (statement.Finalizer is not null) Visit(statement.Finalizer);
    }

    private void VisitCatch(CatchClause handler)
    {
        if (handler.Parameter is null)
        {
            Visit(handler.Body);
            return;
        }

        var scope = OpenInner(ScopeKind.Catch);
        handler.Scope = scope;
        bool isPlain = handler.Parameter is Identifier;
        BoundNames.Visit(handler.Parameter, id =>
        {
            if (scope.Find(id.Name) is not null) ReportRedeclared(id);
            else scope.Declare(id.Name, isPlain ? BindingKind.CatchParameter : BindingKind.Let).InitializedAt = handler.Parameter.End;
        });
        VisitPattern(handler.Parameter, UseKind.Declare);
        Visit(handler.Body);
        Close();
    }

    private void VisitSwitch(SwitchStatement statement)
    {
        Visit(statement.Discriminant);
        if (Array.Exists(statement.Cases, static c => Array.Exists(c.Body, DeclaresLexically)))
        {
            statement.Scope = OpenInner(ScopeKind.Block);
            foreach (var clause in statement.Cases) Hoist(clause.Body, statement.Scope);

            // A jump to a later case passes over declarations, so the order of the text proves nothing here.
            foreach (var binding in statement.Scope.Bindings) binding.InitializedAt = int.MaxValue;
        }

        foreach (var clause in statement.Cases)
        {
            VisitOptional(clause.Test);
            VisitAll(clause.Body);
        }

        if (statement.Scope is not null) Close();
    }

    private void VisitWith(WithStatement statement)
    {
        Visit(statement.Object);
        statement.Scope = OpenInner(ScopeKind.With);
        Visit(statement.Body);
        Close();
    }

    private void VisitFor(ForStatement statement)
    {
        if (statement.Initializer is VariableDeclaration { Kind: not DeclarationKind.Var } lexical)
        {
            statement.Scope = OpenInner(ScopeKind.Block);
            HoistLexical(lexical, statement.Scope);
        }

        if (statement.Initializer is VariableDeclaration declaration) VisitDeclaration(declaration);
        else VisitOptional(statement.Initializer as Expression);
        VisitOptional(statement.Test);
        VisitOptional(statement.Update);
        Visit(statement.Body);
        if (statement.Scope is not null) Close();
    }

    private void VisitForEach(ForEachStatement statement)
    {
        if (statement.Left is VariableDeclaration { Kind: not DeclarationKind.Var } lexical)
        {
            statement.Scope = OpenInner(ScopeKind.Block);
            HoistLexical(lexical, statement.Scope);
            foreach (var binding in statement.Scope.Bindings) binding.InitializedAt = statement.Right.End;
        }

        if (statement.Left is VariableDeclaration declaration) VisitDeclaration(declaration);
        else VisitPattern((Expression)statement.Left, UseKind.Write);
        Visit(statement.Right);
        Visit(statement.Body);
        if (statement.Scope is not null) Close();
    }
}
