using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>
/// How an environment lies in an array of values: its parent first, then the slots of the scope, then, where eval may add variables, an object that
/// holds them. The environment of <c>with</c> holds its object in the first slot.
/// </summary>
internal static class EnvironmentLayout
{
    internal const int FirstSlot = 1;

    /// <summary>The array length for a scope, 0 where it has no environment.</summary>
    internal static int SizeOf(Scope? scope)
    {
        if (scope is null || !scope.NeedsEnvironment)
            return 0;
        return FirstSlot + scope.HeapSize + (scope.HasDynamicVars || scope.Kind == ScopeKind.With ? 1 : 0);
    }

    /// <summary>The place of the object with the variables that eval added.</summary>
    internal static int DynamicVariables(Scope scope) => FirstSlot + scope.HeapSize;

    internal static JsValue[] Create(JsEngine engine, JsValue[]? parent, int size)
    {
        engine.Account(24 + (long)size * 16);
        var environment = new JsValue[size];
        environment[0] = JsValue.FromScope(parent);
        return environment;
    }
}
