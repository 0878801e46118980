namespace Wirehook.JavaScript.Runtime;

/// <summary>A walk through the values of an iterable. Changes of the collection during the walk show, as ES2015 iterators let them.</summary>
internal abstract class JsIterator
{
    /// <summary>Steps to the next value.</summary>
    /// <returns>False at the end.</returns>
    internal abstract bool MoveNext(out JsValue value);
}
