namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>A term of a parsed regular expression.</summary>
internal abstract class RegExpNode
{
    /// <summary>Whether the term can match without consuming anything; true when unsure.</summary>
    public abstract bool MayBeEmpty { get; }
}

/// <summary>Matches the empty text.</summary>
internal sealed class EmptyNode : RegExpNode
{
    /// <inheritdoc/>
    public override bool MayBeEmpty => true;
}

/// <summary>Matches one code unit exactly.</summary>
internal sealed class CharNode(char value) : RegExpNode
{
    /// <summary>The code unit.</summary>
    public char Value => value;

    /// <inheritdoc/>
    public override bool MayBeEmpty => false;
}

/// <summary>Matches one code unit of a set.</summary>
internal sealed class SetNode(CharSet set) : RegExpNode
{
    /// <summary>The set, closed over case already where the flag asks for it.</summary>
    public CharSet Set => set;

    /// <inheritdoc/>
    public override bool MayBeEmpty => false;
}

/// <summary>Terms one after the other.</summary>
internal sealed class SequenceNode(IReadOnlyList<RegExpNode> terms) : RegExpNode
{
    /// <summary>The terms in order.</summary>
    public IReadOnlyList<RegExpNode> Terms => terms;

    /// <inheritdoc/>
    public override bool MayBeEmpty { get; } = terms.All(term => term.MayBeEmpty);
}

/// <summary>Alternatives tried in order.</summary>
internal sealed class AlternationNode(IReadOnlyList<RegExpNode> alternatives) : RegExpNode
{
    /// <summary>The alternatives in order.</summary>
    public IReadOnlyList<RegExpNode> Alternatives => alternatives;

    /// <inheritdoc/>
    public override bool MayBeEmpty { get; } = alternatives.Any(alternative => alternative.MayBeEmpty);
}

/// <summary>A capturing group.</summary>
internal sealed class CaptureNode(int index, RegExpNode body) : RegExpNode
{
    /// <summary>The number of the capture, from 1.</summary>
    public int Index => index;

    /// <summary>What the group matches.</summary>
    public RegExpNode Body => body;

    /// <inheritdoc/>
    public override bool MayBeEmpty { get; } = body.MayBeEmpty;
}

/// <summary>A quantified term.</summary>
internal sealed class LoopNode(RegExpNode body, int min, int max, bool greedy, int firstCapture, int captureEnd) : RegExpNode
{
    /// <summary>The bound of a loop without an upper limit.</summary>
    public const int Unbounded = int.MaxValue;

    /// <summary>The repeated term.</summary>
    public RegExpNode Body => body;

    /// <summary>The least count of iterations.</summary>
    public int Min => min;

    /// <summary>The greatest count of iterations.</summary>
    public int Max => max;

    /// <summary>Whether more iterations are tried before fewer.</summary>
    public bool Greedy => greedy;

    /// <summary>The first capture inside the body.</summary>
    public int FirstCapture => firstCapture;

    /// <summary>One behind the last capture inside the body.</summary>
    public int CaptureEnd => captureEnd;

    /// <inheritdoc/>
    public override bool MayBeEmpty { get; } = min == 0 || body.MayBeEmpty;
}

/// <summary>What an assertion checks.</summary>
internal enum AssertionKind
{
    /// <summary><c>^</c></summary>
    Start,

    /// <summary><c>$</c></summary>
    End,

    /// <summary><c>\b</c></summary>
    WordBoundary,

    /// <summary><c>\B</c></summary>
    NotWordBoundary,
}

/// <summary>An assertion without width.</summary>
internal sealed class AssertionNode(AssertionKind kind) : RegExpNode
{
    /// <summary>What is checked.</summary>
    public AssertionKind Kind => kind;

    /// <inheritdoc/>
    public override bool MayBeEmpty => true;
}

/// <summary><c>(?=…)</c> or <c>(?!…)</c>.</summary>
internal sealed class LookaheadNode(RegExpNode body, bool negative) : RegExpNode
{
    /// <summary>What is looked for.</summary>
    public RegExpNode Body => body;

    /// <summary>Whether the text must not match.</summary>
    public bool Negative => negative;

    /// <inheritdoc/>
    public override bool MayBeEmpty => true;
}

/// <summary>A back-reference to a capture.</summary>
internal sealed class BackReferenceNode(int index) : RegExpNode
{
    /// <summary>The number of the capture.</summary>
    public int Index => index;

    /// <inheritdoc/>
    public override bool MayBeEmpty => true;
}
