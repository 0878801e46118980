namespace Wirehook.JavaScript.Runtime;

/// <summary>
/// A string that is the concatenation of two others, joined only when somebody reads it. Building a text by repeated <c>+=</c> is linear this way.
/// </summary>
internal sealed class Rope
{
    /// <summary>Shorter results are concatenated at once: a rope node would cost more than the copy.</summary>
    internal const int MinimumLength = 128;

    private object _left;
    private object? _right;

    internal Rope(object left, object right, int length)
    {
        (_left, _right, Length) = (left, right, length);
    }

    /// <summary>The length in UTF-16 units.</summary>
    internal int Length { get; }

    /// <summary>The text, joined on the first call and kept.</summary>
    internal string Text
    {
        get
        {
            if (_right is null)
                return (string)_left;
            var text = string.Create(Length, this, static (span, rope) => rope.CopyTo(span));
            _left = text;
            _right = null;
            return text;
        }
    }

    /// <summary>The text of a string or rope.</summary>
    internal static string Flatten(object text) => text is Rope rope ? rope.Text : (string)text;

    public override string ToString() => Text;

    /// <summary>Adds the parts for measuring memory.</summary>
    internal void Trace(MemoryTracer tracer)
    {
        tracer.Add(40);
        tracer.VisitText(_left);
        tracer.VisitText(_right);
    }

    // Walks from the right end with an explicit stack: ropes built by += lean left and may be a hundred thousand levels deep.
    private void CopyTo(Span<char> target)
    {
        var pending = new Stack<object>();
        pending.Push(this);
        int end = target.Length;
        while (pending.TryPop(out var part))
        {
            if (part is Rope { _right: { } right } rope)
            {
                pending.Push(rope._left);
                pending.Push(right);
                continue;
            }
            var text = Flatten(part);
            end -= text.Length;
            text.CopyTo(target[end..]);
        }
    }
}
