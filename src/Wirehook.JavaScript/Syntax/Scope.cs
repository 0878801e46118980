namespace Wirehook.JavaScript.Syntax;

internal enum BindingKind
{
    Parameter,
    Var,

    /// <summary>A function declaration at the top of a script or function body; a var-like binding.</summary>
    Function,
    Let,
    Const,

    /// <summary>A function declared in a block; a let-like binding initialized on entry.</summary>
    BlockFunction,
    CatchParameter,

    /// <summary>A function expression's own name: writing it is ignored, or a TypeError in strict code.</summary>
    Self,
    Arguments,
}

internal enum BindingStorage
{
    /// <summary>A slot of the call's frame.</summary>
    Frame,

    /// <summary>A slot of the scope's environment, because inner functions, <c>eval</c> or <c>with</c> reach it.</summary>
    Heap,

    /// <summary>A cell of the script.</summary>
    Cell,

    /// <summary>A property of the global object.</summary>
    Global,

    /// <summary>A <c>var</c> or function of sloppy eval code, which goes to the variable environment of its caller by name.</summary>
    Dynamic,
}

/// <summary>A declared name and where its value lives.</summary>
internal sealed class Binding(string name, BindingKind kind, Scope scope)
{
    public string Name { get; } = name;

    public BindingKind Kind { get; internal set; } = kind;

    public Scope Scope { get; } = scope;

    public BindingStorage Storage { get; internal set; }

    /// <summary>Index into the frame, environment or script cells, as <see cref="Storage"/> says.</summary>
    public int Slot { get; internal set; } = -1;

    /// <summary>
    /// The argument that a plain-name parameter takes over in its slot; -1 for everything else, also for parameters that
    /// <see cref="NeedsTdz"/>. Of equal names the last one counts.
    /// </summary>
    public int ParameterIndex { get; internal set; } = -1;

    /// <summary>True where an inner function, <c>eval</c> or <c>with</c> may reach the binding.</summary>
    public bool IsCaptured { get; internal set; }

    /// <summary>True where some use may run before the declaration: the slot must be marked uninitialized on entry.</summary>
    public bool NeedsTdz { get; internal set; }

    /// <summary>Offset from which straight-line code may use the binding without a check.</summary>
    public int InitializedAt { get; internal set; }

    /// <summary>True where the value is used other than as the object of a property read.</summary>
    public bool Escapes { get; internal set; }

    /// <summary>True for let and const: no use before the declaration was executed.</summary>
    public bool IsLexical => Kind is BindingKind.Let or BindingKind.Const;
}

internal enum ScopeKind { Script, Eval, Function, Block, Catch, With }

/// <summary>
/// A region of names. At run time a scope is an environment only where <see cref="NeedsEnvironment"/>; environments form the chain
/// that <see cref="Reference.Hops"/> counts along.
/// </summary>
internal sealed class Scope(ScopeKind kind, Scope? parent, FunctionNode function)
{
    private readonly Dictionary<string, Binding> _byName = new(StringComparer.Ordinal);

    public ScopeKind Kind { get; } = kind;

    public Scope? Parent { get; } = parent;

    /// <summary>The function whose frame and environment the scope belongs to.</summary>
    public FunctionNode Function { get; } = function;

    /// <summary>True where the code of the scope is strict.</summary>
    public bool IsStrict { get; internal init; }

    /// <summary>All bindings in the order of declaration.</summary>
    public List<Binding> Bindings { get; } = [];

    /// <summary>Function declarations to be stored on entry, in source order.</summary>
    public List<FunctionDeclaration> Functions { get; } = [];

    /// <summary>Slots of the environment.</summary>
    public int HeapSize { get; internal set; }

    /// <summary>True where sloppy direct eval may add variables at run time; such a scope is looked up by name.</summary>
    public bool HasDynamicVars { get; internal set; }

    /// <summary>
    /// True where entering the scope makes an environment. Script scopes never do: their bindings are cells or global properties.
    /// </summary>
    public bool NeedsEnvironment => Kind == ScopeKind.With || (Kind != ScopeKind.Script && (HeapSize > 0 || HasDynamicVars));

    /// <summary>Finds a binding of this scope by its name.</summary>
    public Binding? Find(string name) => _byName.GetValueOrDefault(name);

    internal Binding Declare(string name, BindingKind kind)
    {
        var binding = new Binding(name, kind, this);
        _byName[name] = binding;
        Bindings.Add(binding);
        return binding;
    }
}

internal enum ReferenceKind : byte
{
    /// <summary><see cref="Reference.Slot"/> of the frame.</summary>
    Frame,

    /// <summary><see cref="Reference.Slot"/> of the environment <see cref="Reference.Hops"/> steps out.</summary>
    Heap,

    /// <summary><see cref="Reference.Slot"/> of the script's cells.</summary>
    Cell,

    /// <summary>A property of the global object, which may not exist.</summary>
    Global,

    /// <summary>
    /// By name at run time: along the environments (<c>with</c> objects, variables added by eval, then <see cref="Scope.Find"/>),
    /// then the script's cells, then the global object.
    /// </summary>
    Dynamic,
}

/// <summary>Where an identifier was found to live.</summary>
internal readonly record struct Reference(ReferenceKind Kind, int Hops, int Slot, Binding? Binding, bool CheckTdz)
{
    /// <summary>True where writing fails: a TypeError for const; for a function's own name a TypeError only in strict code.</summary>
    public bool IsReadOnly => Binding is { Kind: BindingKind.Const or BindingKind.Self };
}
