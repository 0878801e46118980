using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary><c>keys</c>, <c>values</c> and <c>entries</c> (ES2015 §22.1.3).</summary>
internal static partial class ArrayPrototype
{
    private static void InstallWalks(BuiltinObject prototype) => prototype
        .Method("keys", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, EntryPart.Key))
        .Method("values", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, EntryPart.Value))
        .Method("entries", 0, static (engine, in thisValue, _) => Walk(engine, thisValue, EntryPart.Both));

    private static JsValue Walk(JsEngine engine, in JsValue thisValue, EntryPart part) =>
        JsValue.From(new IteratorObject(engine, new ElementIterator(engine, TypeConversion.ToObject(engine, thisValue), part), "Array Iterator"));

    /// <summary>Walks the indices below the length, which is read anew at each step.</summary>
    private sealed class ElementIterator(JsEngine engine, JsObject source, EntryPart part) : JsIterator
    {
        private double _next;
        private bool _ended;

        internal override bool MoveNext(out JsValue value)
        {
            value = default;
            _ended |= _next >= ArrayLike.Length(source);
            if (_ended)
                return false;
            engine.Tick();
            var index = JsValue.From(_next++);
            if (part == EntryPart.Key)
            {
                value = index;
                return true;
            }
            var element = source.Get(TypeConversion.ToPropertyKey(index));
            value = part == EntryPart.Value ? element : JsValue.From(engine.NewArray([index, element]));
            return true;
        }
    }
}
