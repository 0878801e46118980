namespace Wirehook.Scripting;

/// <summary>Something that a script did besides printing.</summary>
/// <param name="Script">Name of the script.</param>
/// <param name="Helper">The helper, such as <c>test.pass</c>.</param>
/// <param name="Target">What it was done to: an item's id.</param>
public readonly record struct ScriptEffect(string Script, string Helper, string Target);

/// <summary>Is told what scripts do. Called on the thread that runs the scripts.</summary>
public interface IScriptEffects
{
    /// <summary>Takes one effect.</summary>
    void Take(in ScriptEffect effect);
}
