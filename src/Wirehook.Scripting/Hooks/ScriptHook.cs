using System.Reflection;
using Wirehook.Scripting.Declarations;

namespace Wirehook.Scripting.Hooks;

/// <summary>An event that scripts may have a function for. Declared beside its own code in <c>Hooks/&lt;Name&gt;/</c> with <see cref="ScriptHookAttribute"/>.</summary>
public abstract class ScriptHook
{
    private static readonly ScriptHook[] BuiltIn =
    [
        .. typeof(ScriptHook).Assembly.GetCustomAttributes<ScriptHookAttribute>()
            .Select(a => (ScriptHook)Activator.CreateInstance(a.Hook)!)
            .OrderBy(h => h.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every hook, by name.</summary>
    public static IReadOnlyList<ScriptHook> All => BuiltIn;

    /// <summary>The name of the function that scripts define.</summary>
    public abstract string Name { get; }

    /// <summary>When it is called, and what its return value does.</summary>
    public abstract string Description { get; }

    /// <summary>What it is called with.</summary>
    public abstract IReadOnlyList<MemberDeclaration> Parameters { get; }

    /// <summary>Kinds of objects that the parameters name and no item type declares.</summary>
    public virtual IReadOnlyList<InterfaceDeclaration> Interfaces => [];

    /// <summary>Choices of texts that the parameters and interfaces name.</summary>
    public virtual IReadOnlyList<ChoiceDeclaration> Choices => [];

    /// <summary>The position of the hook of type <typeparamref name="THook"/> in <see cref="All"/>.</summary>
    internal static int IndexOf<THook>()
        where THook : ScriptHook => Array.FindIndex(BuiltIn, h => h is THook);
}

/// <summary>Declares a hook: <c>[assembly: ScriptHook(typeof(PacketCapturedHook))]</c>.</summary>
/// <param name="hook">A class derived from <see cref="ScriptHook"/> with a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ScriptHookAttribute(Type hook) : Attribute
{
    /// <summary>The hook's class.</summary>
    public Type Hook { get; } = hook;
}
