namespace Wirehook.JavaScript.Syntax;

internal sealed class WhileStatement(int start, int end, Expression test, Statement body) : Statement(start, end)
{
    public Expression Test { get; } = test;

    public Statement Body { get; } = body;
}

internal sealed class DoWhileStatement(int start, int end, Statement body, Expression test) : Statement(start, end)
{
    public Statement Body { get; } = body;

    public Expression Test { get; } = test;
}

internal sealed class ForStatement(int start, int end, Node? initializer, Expression? test, Expression? update, Statement body) : Statement(start, end)
{
    /// <summary>A <see cref="VariableDeclaration"/>, an <see cref="Expression"/>, or null.</summary>
    public Node? Initializer { get; } = initializer;

    public Expression? Test { get; } = test;

    public Expression? Update { get; } = update;

    public Statement Body { get; } = body;

    /// <summary>
    /// The scope of a <c>let</c> or <c>const</c> head. Where it needs an environment, each iteration gets its own copy of it,
    /// made after the initializer and before each update (ECMA-262 6 §13.7.4.7).
    /// </summary>
    public Scope? Scope { get; internal set; }
}

/// <summary><c>for (left in right)</c> and <c>for (left of right)</c>.</summary>
internal sealed class ForEachStatement(int start, int end, bool isOf, Node left, Expression right, Statement body) : Statement(start, end)
{
    /// <summary>True for <c>of</c>, false for <c>in</c>.</summary>
    public bool IsOf { get; } = isOf;

    /// <summary>A <see cref="VariableDeclaration"/> with one declarator, or an assignment target.</summary>
    public Node Left { get; } = left;

    public Expression Right { get; } = right;

    public Statement Body { get; } = body;

    /// <summary>
    /// The scope of a <c>let</c> or <c>const</c> head, made anew for each iteration; <see cref="Right"/> is resolved inside it too,
    /// where its names are still uninitialized, so an environment for it is needed before <see cref="Right"/> is evaluated.
    /// </summary>
    public Scope? Scope { get; internal set; }
}
