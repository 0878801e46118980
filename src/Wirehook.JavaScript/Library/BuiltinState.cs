namespace Wirehook.JavaScript.Library
{
    /// <summary>What built-ins of one engine remember between calls.</summary>
    internal sealed class BuiltinState
    {
        /// <summary>The objects whose elements are being joined right now, outermost first.</summary>
        internal List<JsObject> Joining { get; } = [];
    }
}

namespace Wirehook.JavaScript
{
    public sealed partial class JsEngine
    {
        internal Library.BuiltinState BuiltinState { get; } = new();
    }
}
