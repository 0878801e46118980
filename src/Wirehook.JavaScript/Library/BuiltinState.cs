namespace Wirehook.JavaScript.Library
{
    /// <summary>What built-ins of one engine remember between calls.</summary>
    internal sealed class BuiltinState(JsEngine engine)
    {
        /// <summary>The objects whose elements are being joined right now, outermost first.</summary>
        internal List<JsObject> Joining { get; } = [];

        /// <summary>The matcher of regular expressions.</summary>
        internal RegExpMatching Matching { get; } = new(engine);
    }
}

namespace Wirehook.JavaScript
{
    public sealed partial class JsEngine
    {
        private Library.BuiltinState? _builtinState;

        internal Library.BuiltinState BuiltinState => _builtinState ??= new(this);
    }
}
