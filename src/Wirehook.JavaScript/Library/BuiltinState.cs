using System.Text;

namespace Wirehook.JavaScript.Library
{
    /// <summary>What built-ins of one engine remember between calls.</summary>
    internal sealed class BuiltinState(JsEngine engine)
    {
        private const int InitialBuffer = 1024;
        private const int LargestBuffer = 128 * 1024;

        private StringBuilder? _spareBuffer;

        /// <summary>The objects whose elements are being joined right now, outermost first.</summary>
        internal List<JsObject> Joining { get; } = [];

        /// <summary>An empty buffer for a text that is built at every event.</summary>
        internal StringBuilder TakeBuffer()
        {
            var buffer = _spareBuffer ?? new StringBuilder(InitialBuffer);
            _spareBuffer = null;
            return buffer;
        }

        /// <summary>Gives a buffer back for the next use, unless it has grown large.</summary>
        internal void ReturnBuffer(StringBuilder buffer)
        {
            if (buffer.Capacity <= LargestBuffer)
                _spareBuffer = buffer.Clear();
        }

        /// <summary>Property names of JSON texts parsed lately.</summary>
        internal Json.JsonNames JsonNames { get; } = new();

        /// <summary>The prototype of what <c>keys()</c> and its like give.</summary>
        internal JsObject IteratorPrototype { get; } = engine.NewObject();

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
