using System.Reflection;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Helpers;

/// <summary>A family of functions that scripts are offered. It lives in <c>Helpers/&lt;Family&gt;/</c> and declares itself with <see cref="HelperFamilyAttribute"/>.</summary>
internal abstract class HelperFamily
{
    /// <summary>Every family, in the order of their names.</summary>
    internal static IReadOnlyList<HelperFamily> All { get; } =
    [
        .. typeof(HelperFamily).Assembly.GetCustomAttributes<HelperFamilyAttribute>()
            .Select(a => (HelperFamily)Activator.CreateInstance(a.Family)!)
            .OrderBy(f => f.GetType().Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether type declarations and the reference show the family.</summary>
    internal virtual bool IsDocumented => true;

    /// <summary>The functions.</summary>
    internal virtual IReadOnlyList<HelperFunction> Functions => [];

    /// <summary>The values that are no functions.</summary>
    internal virtual IReadOnlyList<HelperValue> Values => [];
}

/// <summary>Declares a helper family: <c>[assembly: HelperFamily(typeof(ConsoleHelpers))]</c>.</summary>
/// <param name="family">A class derived from <see cref="HelperFamily"/> with a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class HelperFamilyAttribute(Type family) : Attribute
{
    /// <summary>The family's class.</summary>
    public Type Family { get; } = family;
}

/// <summary>What a helper does. It may throw what <see cref="JsEngine.Throw"/> makes, and nothing else.</summary>
/// <param name="context">Who calls, and what helpers act upon.</param>
/// <param name="arguments">The arguments.</param>
internal delegate JsValue HelperCode(ScriptContext context, ReadOnlySpan<JsValue> arguments);

/// <summary>One helper function, declared once for scripts, the TypeScript declarations and the reference.</summary>
/// <param name="Path">Its name with the objects that hold it: <c>jobs.scheduler.start</c>.</param>
/// <param name="TypeScript">Parameters and result: <c>(tag: string): void</c>.</param>
/// <param name="Description">What it does, in a sentence or two.</param>
/// <param name="Code">Does it.</param>
internal sealed record HelperFunction(string Path, string TypeScript, string Description, HelperCode Code);

/// <summary>One value that scripts are offered.</summary>
/// <param name="Path">Its name.</param>
/// <param name="TypeScript">Its type.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Make">Makes it for an engine.</param>
internal sealed record HelperValue(string Path, string TypeScript, string Description, Func<ScriptContext, JsValue> Make);
