namespace Wirehook.JavaScript.Syntax;

internal enum FunctionKind
{
    /// <summary>The top-level code of a script.</summary>
    Script,

    /// <summary>Code given to <c>eval</c>.</summary>
    Eval,

    /// <summary>A function declaration or expression, or one made by the Function constructor.</summary>
    Normal,

    /// <summary>An arrow function: no own <c>this</c> or <c>arguments</c>, not a constructor.</summary>
    Arrow,

    /// <summary>A method of an object literal: not a constructor.</summary>
    Method,

    Getter,

    Setter,
}

/// <summary>A function's parameters, body and everything the scope analysis learned about it. Script and eval code are functions without parameters.</summary>
internal sealed class FunctionNode(int start, int end, FunctionKind kind, string name, PatternElement[] parameters, Expression? rest, Statement[] body) : Node(start, end)
{
    public FunctionKind Kind { get; } = kind;

    /// <summary>The name written or inferred from the assignment, property or variable; empty where there is none.</summary>
    public string Name { get; internal set; } = name;

    public PatternElement[] Parameters { get; } = parameters;

    /// <summary>The rest parameter's target (an identifier or a pattern), or null.</summary>
    public Expression? Rest { get; } = rest;

    /// <summary>The body; for <c>x =&gt; expression</c> a single <see cref="ReturnStatement"/>.</summary>
    public Statement[] Body { get; } = body;

    /// <summary>The text the positions count in.</summary>
    public required SourceText Source { get; init; }

    public bool IsStrict { get; internal init; }

    /// <summary>True where every parameter is a plain name: no default, pattern or rest (ECMA-262 6 §14.1.13).</summary>
    public bool HasSimpleParameters { get; internal init; }

    /// <summary>True for a function expression with a written name, which its own code can see.</summary>
    public bool HasOwnName { get; internal set; }

    /// <summary>The function's <c>length</c>: parameters before the first default or rest.</summary>
    public int Length { get; internal init; }

    /// <summary>The scope of parameters, variables and top-level lexical declarations.</summary>
    public Scope Scope { get; internal set; } = null!;

    /// <summary>The name of a function expression as seen inside itself (immutable), or null where unused, shadowed or absent. It lives in <see cref="Scope"/>.</summary>
    public Binding? SelfBinding { get; internal set; }

    /// <summary>The <c>arguments</c> object, which must be made on entry; null where the function never uses it. It lives in <see cref="Scope"/>.</summary>
    public Binding? ArgumentsBinding { get; internal set; }

    /// <summary>True where <c>arguments</c> shares its elements with the parameters (sloppy, simple parameters); all parameters are on the heap then.</summary>
    public bool HasMappedArguments { get; internal set; }

    /// <summary>True where the function, or an arrow function or direct eval inside it, uses <c>this</c>.</summary>
    public bool UsesThis { get; internal set; }

    /// <summary>True where the code itself (not inner functions other than arrows) calls <c>eval</c> directly.</summary>
    public bool HasDirectEval { get; internal set; }

    /// <summary>
    /// Slots in the frame. Arguments of plain-name parameters arrive in slots 0 … <see cref="Parameters"/>.Length - 1, in order,
    /// wherever the parameter's binding lives in the end.
    /// </summary>
    public int FrameSize { get; internal set; }

    /// <summary>
    /// False when the first parameter is only used as the object of plain member reads (<c>p.x</c>, <c>p["x"]</c>, not calls),
    /// so that nothing can hold on to it after the call.
    /// </summary>
    public bool FirstParameterEscapes { get; internal set; } = true;
}
