using Wirehook.Scripting.Declarations;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Hooks.PacketCaptured;

[assembly: ScriptHook(typeof(PacketCapturedHook))]

namespace Wirehook.Scripting.Hooks.PacketCaptured;

/// <summary><c>onPacketCaptured(info)</c>.</summary>
internal sealed class PacketCapturedHook : ScriptHook
{
    internal static int Index => IndexOf<PacketCapturedHook>();

    public override string Name => "onPacketCaptured";

    public override string Description => "Called for every captured packet, before reassembly. Count here and report in a job. The return value is ignored.";

    public override IReadOnlyList<MemberDeclaration> Parameters { get; } = [new("info", "PacketInfo", "What is known of the packet.")];

    public override IReadOnlyList<InterfaceDeclaration> Interfaces { get; } =
        [new("PacketInfo", "A captured packet.", [.. PacketInfoFields.All.Select(f => f.Declaration)])];
}
