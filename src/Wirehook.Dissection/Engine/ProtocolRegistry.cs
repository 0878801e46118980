using System.Reflection;
using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Engine;

/// <summary>The protocol modules of an assembly, found by their <see cref="ProtocolModuleAttribute"/>.</summary>
public sealed class ProtocolRegistry
{
    /// <summary>A registry of <paramref name="modules"/>, by priority.</summary>
    /// <param name="modules">The modules, in any order.</param>
    public ProtocolRegistry(IEnumerable<ProtocolModule> modules)
    {
        Modules = [.. modules.OrderBy(m => m.Priority).ThenBy(m => m.GetType().FullName, StringComparer.Ordinal)];
        StreamModules = [.. Modules.Where(m => m.DissectsStreams)];
        DatagramModules = [.. Modules.Where(m => m.DissectsDatagrams)];
    }

    /// <summary>Every module of this assembly.</summary>
    public static ProtocolRegistry BuiltIn { get; } = new(FindModules(typeof(ProtocolRegistry).Assembly));

    /// <summary>The modules, by priority.</summary>
    public IReadOnlyList<ProtocolModule> Modules { get; }

    internal ProtocolModule[] StreamModules { get; }

    internal ProtocolModule[] DatagramModules { get; }

    private static IEnumerable<ProtocolModule> FindModules(Assembly assembly) =>
        assembly.GetCustomAttributes<ProtocolModuleAttribute>().Select(a => (ProtocolModule)Activator.CreateInstance(a.Module)!);
}
