namespace Wirehook.JavaScript.Syntax;

internal enum DeclarationKind { Var, Let, Const }

internal sealed class VariableDeclaration(int start, int end, DeclarationKind kind, VariableDeclarator[] declarators) : Statement(start, end)
{
    public DeclarationKind Kind { get; } = kind;

    public VariableDeclarator[] Declarators { get; } = declarators;
}

/// <summary>One name or pattern of a declaration, with its value. The head of <c>for (… in …)</c> has no value.</summary>
internal sealed class VariableDeclarator(int start, int end, Expression target, Expression? initializer) : Node(start, end)
{
    /// <summary>An <see cref="Identifier"/> or a <see cref="BindingPattern"/>.</summary>
    public Expression Target { get; } = target;

    public Expression? Initializer { get; } = initializer;
}

/// <summary>
/// A function declaration. Its value is stored when its block is entered (see <see cref="Scope.Functions"/>);
/// executing the statement only does the copy of <see cref="VarCopy"/>.
/// </summary>
internal sealed class FunctionDeclaration(FunctionNode function, Identifier id) : Statement(function.Start, function.End)
{
    public FunctionNode Function { get; } = function;

    /// <summary>The binding made by the declaration, in the block or function that holds it.</summary>
    public Identifier Id { get; } = id;

    /// <summary>
    /// For a function in a block of sloppy code: the function-level variable that takes the value of <see cref="Id"/>
    /// when the declaration is executed (ECMA-262 6 §B.3.3); otherwise null.
    /// </summary>
    public Identifier? VarCopy { get; internal set; }
}

internal sealed class ExpressionStatement(int start, int end, Expression expression) : Statement(start, end)
{
    public Expression Expression { get; } = expression;
}

internal sealed class EmptyStatement(int start, int end) : Statement(start, end);

internal sealed class BlockStatement(int start, int end, Statement[] body) : Statement(start, end)
{
    public Statement[] Body { get; } = body;

    /// <summary>The scope of the block's lexical declarations; null where it has none.</summary>
    public Scope? Scope { get; internal set; }
}

internal sealed class IfStatement(int start, int end, Expression test, Statement whenTrue, Statement? whenFalse) : Statement(start, end)
{
    public Expression Test { get; } = test;

    public Statement WhenTrue { get; } = whenTrue;

    public Statement? WhenFalse { get; } = whenFalse;
}

internal sealed class SwitchStatement(int start, int end, Expression discriminant, SwitchCase[] cases) : Statement(start, end)
{
    public Expression Discriminant { get; } = discriminant;

    public SwitchCase[] Cases { get; } = cases;

    /// <summary>The scope around all cases (not the discriminant); null where they declare nothing.</summary>
    public Scope? Scope { get; internal set; }
}

internal sealed class SwitchCase(int start, int end, Expression? test, Statement[] body) : Node(start, end)
{
    /// <summary>Null for <c>default</c>.</summary>
    public Expression? Test { get; } = test;

    public Statement[] Body { get; } = body;
}

internal sealed class LabeledStatement(int start, int end, string label, Statement body) : Statement(start, end)
{
    public string Label { get; } = label;

    public Statement Body { get; } = body;
}

internal sealed class BreakStatement(int start, int end, string? label) : Statement(start, end)
{
    public string? Label { get; } = label;
}

internal sealed class ContinueStatement(int start, int end, string? label) : Statement(start, end)
{
    public string? Label { get; } = label;
}

internal sealed class ReturnStatement(int start, int end, Expression? argument) : Statement(start, end)
{
    public Expression? Argument { get; } = argument;
}

internal sealed class ThrowStatement(int start, int end, Expression argument) : Statement(start, end)
{
    public Expression Argument { get; } = argument;
}

internal sealed class TryStatement(int start, int end, BlockStatement block, CatchClause? handler, BlockStatement? finalizer) : Statement(start, end)
{
    public BlockStatement Block { get; } = block;

    public CatchClause? Handler { get; } = handler;

    public BlockStatement? Finalizer { get; } = finalizer;
}

internal sealed class CatchClause(int start, int end, Expression? parameter, BlockStatement body) : Node(start, end)
{
    /// <summary>An <see cref="Identifier"/> or a <see cref="BindingPattern"/>; null for <c>catch { }</c>.</summary>
    public Expression? Parameter { get; } = parameter;

    public BlockStatement Body { get; } = body;

    /// <summary>The scope that holds the parameter, around the body's own scope; null without a parameter.</summary>
    public Scope? Scope { get; internal set; }
}

internal sealed class WithStatement(int start, int end, Expression obj, Statement body) : Statement(start, end)
{
    public Expression Object { get; } = obj;

    public Statement Body { get; } = body;

    /// <summary>The object environment around the body.</summary>
    public Scope Scope { get; internal set; } = null!;
}

internal sealed class DebuggerStatement(int start, int end) : Statement(start, end);
