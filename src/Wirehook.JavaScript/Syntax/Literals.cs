namespace Wirehook.JavaScript.Syntax;

internal sealed class NumberLiteral(int start, int end, double value) : Expression(start, end)
{
    public double Value { get; } = value;
}

internal sealed class StringLiteral(int start, int end, string value) : Expression(start, end)
{
    public string Value { get; } = value;
}

internal sealed class BooleanLiteral(int start, int end, bool value) : Expression(start, end)
{
    public bool Value { get; } = value;
}

internal sealed class NullLiteral(int start, int end) : Expression(start, end);

/// <summary>A regular expression literal; the parser checks its delimiters and flags.</summary>
internal sealed class RegExpLiteral(int start, int end, string pattern, string flags) : Expression(start, end)
{
    public string Pattern { get; } = pattern;

    public string Flags { get; } = flags;
}

/// <summary>A template literal: <c>Strings[0] ${Expressions[0]} Strings[1] …</c>, always one string more than expressions; the strings are cooked.</summary>
internal sealed class TemplateLiteral(int start, int end, string[] strings, Expression[] expressions) : Expression(start, end)
{
    public string[] Strings { get; } = strings;

    public Expression[] Expressions { get; } = expressions;
}

/// <summary>An array literal. A null element is a hole; an element may be a <see cref="SpreadElement"/>.</summary>
internal sealed class ArrayLiteral(int start, int end, Expression?[] elements) : Expression(start, end)
{
    public Expression?[] Elements { get; } = elements;
}

internal sealed class ObjectLiteral(int start, int end, PropertyNode[] properties) : Expression(start, end)
{
    public PropertyNode[] Properties { get; } = properties;
}

internal enum PropertyKind
{
    /// <summary><c>key: value</c>, shorthand, or a method.</summary>
    Value,

    /// <summary><c>get key() { … }</c></summary>
    Getter,

    /// <summary><c>set key(v) { … }</c></summary>
    Setter,

    /// <summary><c>__proto__: value</c>, which sets the prototype (ECMA-262 6 §B.3.1).</summary>
    Prototype,

    /// <summary><c>...value</c></summary>
    Spread,
}

/// <summary>One property of an object literal. Exactly one of <see cref="Name"/> and <see cref="Computed"/> is set, neither for a spread.</summary>
internal sealed class PropertyNode(int start, int end, PropertyKind kind, string? name, Expression? computed, Expression value) : Node(start, end)
{
    public PropertyKind Kind { get; } = kind;

    /// <summary>The property's name, already in canonical form (numeric keys as <c>ToString</c> gives them).</summary>
    public string? Name { get; } = name;

    public Expression? Computed { get; } = computed;

    /// <summary>The value; a <see cref="FunctionExpression"/> for getters, setters and methods.</summary>
    public Expression Value { get; } = value;
}
