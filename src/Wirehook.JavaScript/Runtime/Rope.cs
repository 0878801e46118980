namespace Wirehook.JavaScript.Runtime;

/// <summary>
/// A string under construction. Appending to the newest end of a text writes into room that was left behind it, so building a text by repeated
/// <c>+=</c> is linear; other long concatenations are joined only when somebody reads them.
/// </summary>
internal sealed class Rope
{
    /// <summary>Shorter results are concatenated at once: a rope would cost more than the copy.</summary>
    internal const int MinimumLength = 128;

    private const int ObjectBytes = 48;

    private readonly JsEngine _engine;
    private string? _text;
    private Buffer? _buffer;
    private object? _left;
    private object? _right;

    private Rope(JsEngine engine, int length)
    {
        (_engine, Length) = (engine, length);
        engine.Account(ObjectBytes);
    }

    /// <summary>The length in UTF-16 units.</summary>
    internal int Length { get; }

    /// <summary>The text, made on the first call and kept.</summary>
    internal string Text
    {
        get
        {
            if (_text is not null)
                return _text;
            _engine.Account(24 + (2L * Length));
            _engine.Tick(Length >> 6);
            _text = _buffer is not null ? new string(_buffer.Characters, 0, Length) : string.Create(Length, this, static (span, rope) => rope.CopyTo(span));
            (_buffer, _left, _right) = (null, null, null);
            return _text;
        }
    }

    /// <summary>Joins two texts, each a string or a rope.</summary>
    internal static Rope Join(JsEngine engine, object left, object right, int leftLength, int rightLength)
    {
        var joined = new Rope(engine, leftLength + rightLength);
        if (rightLength > leftLength)
        {
            (joined._left, joined._right) = (left, right);
            return joined;
        }
        string appended = Flatten(right);
        var buffer = left is Rope { _buffer: { } existing } && existing.Used == leftLength ? existing : CreateBuffer(engine, left, leftLength + rightLength);
        buffer.Append(engine, appended);
        joined._buffer = buffer;
        return joined;
    }

    /// <summary>The text of a string or rope.</summary>
    internal static string Flatten(object text) => text is Rope rope ? rope.Text : (string)text;

    public override string ToString() => Text;

    /// <summary>Adds the parts for measuring memory.</summary>
    internal void Trace(MemoryTracer tracer)
    {
        tracer.Add(ObjectBytes);
        tracer.VisitText(_text);
        tracer.VisitText(_buffer);
        tracer.VisitText(_left);
        tracer.VisitText(_right);
    }

    private static Buffer CreateBuffer(JsEngine engine, object left, int length)
    {
        var buffer = new Buffer();
        buffer.Reserve(engine, length * 2L);
        if (left is Rope { _buffer: { } shared } rope)
            buffer.Append(engine, shared.Characters.AsSpan(0, rope.Length));
        else
            buffer.Append(engine, Flatten(left));
        return buffer;
    }

    // Walks from the right end with an explicit stack: a text built by prepending may be very many levels deep.
    private void CopyTo(Span<char> target)
    {
        var pending = new Stack<object>();
        pending.Push(this);
        int end = target.Length;
        while (pending.TryPop(out var part))
        {
            if (part is Rope { _left: { } left, _right: { } right })
            {
                pending.Push(left);
                pending.Push(right);
                continue;
            }
            ReadOnlySpan<char> text = part is Rope { _buffer: { } buffer } rope ? buffer.Characters.AsSpan(0, rope.Length) : Flatten(part).AsSpan();
            end -= text.Length;
            text.CopyTo(target[end..]);
        }
    }

    /// <summary>Characters shared by ropes that were appended to each other; each knows how many of them are its own.</summary>
    internal sealed class Buffer
    {
        internal char[] Characters { get; private set; } = [];

        internal int Used { get; private set; }

        internal void Append(JsEngine engine, ReadOnlySpan<char> text)
        {
            if (Used + text.Length > Characters.Length)
                Reserve(engine, Math.Max(Used + (long)text.Length, Characters.Length * 2L));
            text.CopyTo(Characters.AsSpan(Used));
            Used += text.Length;
        }

        internal void Reserve(JsEngine engine, long capacity)
        {
            capacity = Math.Min(capacity, JsEngine.MaximumStringLength);
            engine.Account(24 + (capacity * 2));
            var characters = new char[capacity];
            Characters.AsSpan(0, Used).CopyTo(characters);
            Characters = characters;
        }
    }
}
