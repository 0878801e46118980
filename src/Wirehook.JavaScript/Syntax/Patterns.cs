namespace Wirehook.JavaScript.Syntax;

/// <summary>A destructuring target, in a declaration, a parameter, a catch clause or an assignment.</summary>
internal abstract class BindingPattern(int start, int end) : Expression(start, end);

/// <summary>
/// One target with its default. The target is an identifier or a pattern, and in assignments also a member or an index.
/// </summary>
internal sealed class PatternElement(int start, int end, Expression target, Expression? defaultValue) : Node(start, end)
{
    public Expression Target { get; } = target;

    /// <summary>Evaluated where the value is undefined.</summary>
    public Expression? DefaultValue { get; } = defaultValue;
}

/// <summary><c>[a, , b = 1, ...rest]</c>; a null element skips one value.</summary>
internal sealed class ArrayPattern(int start, int end, PatternElement?[] elements, Expression? rest) : BindingPattern(start, end)
{
    public PatternElement?[] Elements { get; } = elements;

    public Expression? Rest { get; } = rest;
}

/// <summary><c>{a, b: c = 1, [k]: d, ...rest}</c></summary>
internal sealed class ObjectPattern(int start, int end, PatternProperty[] properties, Expression? rest) : BindingPattern(start, end)
{
    public PatternProperty[] Properties { get; } = properties;

    public Expression? Rest { get; } = rest;
}

/// <summary>One property of an object pattern. Exactly one of <see cref="Name"/> and <see cref="Computed"/> is set.</summary>
internal sealed class PatternProperty(int start, int end, string? name, Expression? computed, PatternElement element) : Node(start, end)
{
    public string? Name { get; } = name;

    public Expression? Computed { get; } = computed;

    public PatternElement Element { get; } = element;
}
