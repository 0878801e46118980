using Wirehook.Scripting.Declarations;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Hooks.NetworkEvents;

[assembly: ScriptHook(typeof(NetworkEventHook))]

namespace Wirehook.Scripting.Hooks.NetworkEvents;

/// <summary><c>onNetworkEvent(event)</c>.</summary>
internal sealed class NetworkEventHook : ScriptHook
{
    internal static int Index => IndexOf<NetworkEventHook>();

    public override string Name => "onNetworkEvent";

    public override string Description =>
        "Called for every change that the kernel announces of links, addresses, routes, neighbours and more. The return value is ignored.";

    public override IReadOnlyList<MemberDeclaration> Parameters { get; } =
        [new("event", "NetworkEvent", "The change; which of `link`, `addr`, `route` … it has tells what it is about.")];

    // Made when asked for: the families' declarations would make every run begin later.
    public override IReadOnlyList<ChoiceDeclaration> Choices => [NetworkEventFields.Names];

    public override IReadOnlyList<InterfaceDeclaration> Interfaces =>
    [
        NetworkEventFields.Declaration,
        .. NetworkEventFields.Families.Select(f => f.Declaration),
        FormerValues.Declaration,
    ];
}
