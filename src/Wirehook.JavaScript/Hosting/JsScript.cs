using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript;

/// <summary>A compiled script of one engine, with its own top-level bindings.</summary>
public sealed class JsScript
{
    private readonly JsEngine _engine;
    private readonly ScriptNode _node;

    internal JsScript(JsEngine engine, ScriptNode node)
    {
        (_engine, _node) = (engine, node);
        Cells = new Cell[node.CellCount];
        for (int i = 0; i < Cells.Length; i++)
            Cells[i] = new Cell();
    }

    /// <summary>The name given to the script.</summary>
    public string Name => _node.Source.Name;

    internal Cell[] Cells { get; }

    internal ScriptNode Node => _node;

    /// <summary>What the script has left on objects shared by all scripts.</summary>
    internal SharedMemory Shared { get; } = new();

    /// <summary>Whether the script's text has the name anywhere, as identifier or property.</summary>
    public bool Mentions(string identifier) => _node.Names.Contains(identifier);

    /// <summary>The value of a top-level variable or function of the script.</summary>
    /// <returns>False when the script declares no such name, or has not initialised it yet.</returns>
    public bool TryGetTopLevel(string name, out JsValue value)
    {
        value = default;
        if (_node.Main.Scope.Find(name) is not { } binding)
            return false;
        if (binding.Storage == BindingStorage.Cell)
            value = Cells[binding.Slot].Value;
        else if (binding.Storage == BindingStorage.Global)
            value = _engine.Global.Get(name);
        else
            return false;
        if (!value.IsEmpty)
            return true;
        value = default;
        return false;
    }

    /// <summary>The script's own top-level variable or function of that name, for reading it again and again.</summary>
    public JsTopLevelBinding FindTopLevel(string name) =>
        _node.Main.Scope.Find(name) is { Storage: BindingStorage.Cell } binding ? new JsTopLevelBinding(Cells[binding.Slot]) : default;

    /// <summary>Bytes that the script's top-level bindings hold, and what it has left on the global object.</summary>
    public long MeasureMemory() => _engine.Measure(this);
}
