using Wirehook.Scripting.Declarations;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Hooks.ItemCaptured;

[assembly: ScriptHook(typeof(ItemCapturedHook))]

namespace Wirehook.Scripting.Hooks.ItemCaptured;

/// <summary><c>onItemCaptured(data)</c>.</summary>
internal sealed class ItemCapturedHook : ScriptHook
{
    internal static int Index => IndexOf<ItemCapturedHook>();

    public override string Name => "onItemCaptured";

    public override string Description => "Called for every dissected message or request/response pair. The return value is ignored.";

    public override IReadOnlyList<MemberDeclaration> Parameters { get; } =
        [new("data", "Item", "The item; its `request` and `response` depend on `protocol.name`.")];
}
