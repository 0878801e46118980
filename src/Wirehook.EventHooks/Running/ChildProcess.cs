using System.Runtime.InteropServices;

namespace Wirehook.EventHooks.Running;

/// <summary>Starts a process in a session of its own: clean descriptors and signals, directory <c>/</c>, only the environment given.</summary>
internal static unsafe class ChildProcess
{
    /// <summary>The number under which a script's own descriptor is open in the process that executes it.</summary>
    public const int ScriptDescriptor = 3;

    // posix_spawn_file_actions_t has 80 bytes, posix_spawnattr_t 336 and sigset_t 128 in glibc on 64-bit machines.
    private const int ActionsSize = 128;
    private const int AttributesSize = 512;
    private const int SignalSetSize = 128;

    /// <summary>What the process gets as its first descriptors.</summary>
    /// <param name="Input">Standard input.</param>
    /// <param name="Output">Standard output and error.</param>
    /// <param name="Script">Kept as descriptor 3; -1 for none.</param>
    public readonly record struct Descriptors(int Input, int Output, int Script);

    /// <summary>Starts it; returns the process id, or 0 with the error. The caller has to wait for the process.</summary>
    public static int Start(IReadOnlyList<string> arguments, IReadOnlyList<string> environment, Descriptors descriptors, out string? error)
    {
        using var nativeArguments = new NativeStrings(arguments);
        using var nativeEnvironment = new NativeStrings(environment);
        var actions = stackalloc byte[ActionsSize];
        var attributes = stackalloc byte[AttributesSize];
        var process = 0;
        _ = Libc.FileActionsCreate(actions);
        _ = Libc.AttributesCreate(attributes);
        var result = Describe(actions, attributes, descriptors);
        if (result == 0) result = Libc.Spawn(&process, arguments[0], actions, attributes, nativeArguments.Pointers, nativeEnvironment.Pointers);
        _ = Libc.AttributesDestroy(attributes);
        _ = Libc.FileActionsDestroy(actions);
        error = result == 0 ? null : $"{arguments[0]} could not be started: {Marshal.GetPInvokeErrorMessage(result)}.";
        return result == 0 ? process : 0;
    }

    private static int Describe(byte* actions, byte* attributes, Descriptors descriptors)
    {
        var none = stackalloc byte[SignalSetSize];
        var all = stackalloc byte[SignalSetSize];
        new Span<byte>(none, SignalSetSize).Clear();
        new Span<byte>(all, SignalSetSize).Fill(0xFF);
        var result = Libc.AttributesSignalMask(attributes, none);
        if (result == 0) result = Libc.AttributesSignalDefaults(attributes, all);
        if (result == 0) result = Libc.AttributesFlags(attributes, Libc.SpawnNewSession | Libc.SpawnSignalMask | Libc.SpawnSignalDefaults);
        if (result == 0) result = Libc.FileActionsDuplicate(actions, descriptors.Input, 0);
        if (result == 0) result = Libc.FileActionsDuplicate(actions, descriptors.Output, 1);
        if (result == 0) result = Libc.FileActionsDuplicate(actions, descriptors.Output, 2);
        if (result == 0 && descriptors.Script >= 0) result = Libc.FileActionsDuplicate(actions, descriptors.Script, ScriptDescriptor);
        if (result == 0) result = Libc.FileActionsCloseFrom(actions, descriptors.Script >= 0 ? ScriptDescriptor + 1 : ScriptDescriptor);
        if (result == 0) result = Libc.FileActionsChangeDirectory(actions, "/");
        return result;
    }
}
