using Wirehook.JavaScript;
using Wirehook.Scripting.Ledger;

namespace Wirehook.Scripting.Dispatch;

/// <summary>One hook of one script: its function, looked up whenever it is called, and what it costs.</summary>
/// <param name="name">The hook's name.</param>
/// <param name="script">The script.</param>
/// <param name="row">The row in the script's ledger.</param>
internal sealed class HookSlot(string name, JsScript script, HookLedger row)
{
    private readonly PropertyKey _key = new(name);
    private readonly JsTopLevelBinding _own = script.FindTopLevel(name);

    /// <summary>The hook's name.</summary>
    internal string Name => name;

    /// <summary>The row in the script's ledger.</summary>
    internal HookLedger Row => row;

    /// <summary>Whether the hook's function may be one of the global object: the first script that names it without declaring it calls it.</summary>
    internal bool UsesGlobal { get; set; }

    /// <summary>Whether the script itself declares the name.</summary>
    internal bool IsDeclared => _own.Exists;

    /// <summary>Whether there may be a function to call.</summary>
    internal bool IsBound => UsesGlobal || IsDeclared;

    /// <summary>The function: the script's own, else the global object's; null where there is none now.</summary>
    internal JsFunction? Find(JsObject global) =>
        _own.Exists ? _own.Value.AsFunction : UsesGlobal ? global.Get(_key).AsFunction : null;
}
