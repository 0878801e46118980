using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>Takes an event through a hook of its own once, on a thread of its own, before the first real one comes: loading code and linking it is most of what
/// that one would otherwise wait for. The program it runs is <c>/bin/true</c>.</summary>
internal static class HookWarmUp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Starts warming up and returns at once.</summary>
    /// <param name="runner">What runs the session's programs.</param>
    /// <param name="time">The session's clock.</param>
    /// <param name="sample">An event to do it with: a link that exists.</param>
    public static void Begin(IProcessRunner runner, TimeProvider time, NetworkEvent sample) =>
        new Thread(() => Run(runner, time, sample)) { IsBackground = true, Name = "hook warm-up" }.Start();

    private static void Run(IProcessRunner runner, TimeProvider time, NetworkEvent sample)
    {
        try
        {
            using var hooks = HookManager.Create(new HookManagerOptions { Time = time }, runner);
            hooks.Register(new HookDefinition { Name = "warm-up", Script = "/bin/true", Condition = "message_type == 16 AND interface =~ '^.' AND NOT changed CONTAINS 'mtu'", RunAtStart = true });
            hooks.Execute(sample);
            hooks.WaitIdle(Patience);
        }
        catch (Exception)
        {
            // Whatever is wrong here shows again with the first hook, where it is reported.
        }
    }
}
