namespace Wirehook.JavaScript;

/// <summary>Where the top-level <c>var</c>s and functions of a script live.</summary>
public enum JsScriptScope
{
    /// <summary>Each top-level binding is a cell of the script alone; other scripts do not see it.</summary>
    Own,

    /// <summary>Standard global code: top-level <c>var</c>s and functions are properties of the global object (ECMA-262 5.1 §10.4.1).</summary>
    Global,
}
