using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript;

/// <summary>A compiled script of one engine, with its own top-level bindings.</summary>
public sealed class JsScript
{
    private const int OnGlobalObject = -1;

    private readonly JsEngine _engine;
    private readonly IReadOnlySet<string> _names;
    private readonly Dictionary<string, int> _topLevel = new(StringComparer.Ordinal);

    internal JsScript(JsEngine engine, ScriptNode node)
    {
        (_engine, _names, Name) = (engine, node.Names, node.Source.Name);
        Cells = new Cell[node.CellCount];
        for (int i = 0; i < Cells.Length; i++)
            Cells[i] = new Cell();
        Main = new FunctionCode(engine, node.Main, Cells);
        foreach (var binding in node.Main.Scope.Bindings)
        {
            if (binding.Storage is BindingStorage.Cell or BindingStorage.Global)
                _topLevel[binding.Name] = binding.Storage == BindingStorage.Cell ? binding.Slot : OnGlobalObject;
        }
    }

    /// <summary>The name given to the script.</summary>
    public string Name { get; }

    /// <summary>Whatever the host wants to find again by the script; see <see cref="JsEngine.CurrentScript"/>.</summary>
    public object? HostData { get; set; }

    internal Cell[] Cells { get; }

    /// <summary>The top-level code.</summary>
    internal FunctionCode Main { get; }

    /// <summary>What the script has left on objects shared by all scripts.</summary>
    internal SharedMemory Shared { get; } = new();

    /// <summary>Whether the script's text has the name anywhere, as identifier or property.</summary>
    public bool Mentions(string identifier) => _names.Contains(identifier);

    /// <summary>The value of a top-level variable or function of the script.</summary>
    /// <returns>False when the script declares no such name, or has not initialised it yet.</returns>
    public bool TryGetTopLevel(string name, out JsValue value)
    {
        value = default;
        if (!_topLevel.TryGetValue(name, out int slot))
            return false;
        value = slot == OnGlobalObject ? _engine.Global.Get(name) : Cells[slot].Value;
        if (!value.IsEmpty)
            return true;
        value = default;
        return false;
    }

    /// <summary>The script's own top-level variable or function of that name, for reading it again and again.</summary>
    public JsTopLevelBinding FindTopLevel(string name) =>
        _topLevel.TryGetValue(name, out int slot) && slot != OnGlobalObject ? new JsTopLevelBinding(Cells[slot]) : default;

    /// <summary>Bytes that the script's top-level bindings hold, and what it has left on the global object.</summary>
    public long MeasureMemory() => _engine.Measure(this);
}
