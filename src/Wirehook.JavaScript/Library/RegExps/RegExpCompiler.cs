namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>
/// Turns the tree of a regular expression into code for <see cref="RegExpMatcher"/>. Code size is linear in the pattern: counted loops use registers.
/// </summary>
internal sealed class RegExpCompiler
{
    private readonly List<int> _code = [];
    private readonly List<CharSet> _sets = [];
    private readonly Dictionary<CharSet, int> _setIndices = [];
    private readonly RegExpFlags _flags;

    // Registers: start and end of the whole match and of each capture; the start of each capture still open; then loops and lookaheads.
    private readonly int _openBase;
    private int _registers;

    private RegExpCompiler(RegExpFlags flags, int captures)
    {
        _flags = flags;
        _openBase = (captures + 1) * 2;
        _registers = (captures + 1) * 3;
    }

    /// <summary>Compiles a parsed pattern.</summary>
    public static RegExpProgram Compile(RegExpNode root, int captures, RegExpFlags flags)
    {
        var compiler = new RegExpCompiler(flags, captures);
        compiler.Emit(root);
        compiler.Add(RegExpOp.Match);
        RegExpStart start = RegExpStart.Of(root, flags);
        return new RegExpProgram(flags, captures, compiler._registers, [.. compiler._code], [.. compiler._sets]) { Start = start };
    }

    private void Emit(RegExpNode node)
    {
        switch (node)
        {
            case CharNode literal:
                Add(RegExpOp.Char, literal.Value);
                break;
            case SetNode set:
                Add(RegExpOp.Set, SetIndex(set.Set));
                break;
            case SequenceNode sequence:
                foreach (RegExpNode term in sequence.Terms) Emit(term);
                break;
            case AlternationNode alternation:
                EmitAlternation(alternation);
                break;
            case CaptureNode capture:
                Add(RegExpOp.Save, _openBase + capture.Index);
                Emit(capture.Body);
                Add(RegExpOp.CaptureEnd, capture.Index, _openBase + capture.Index);
                break;
            case LoopNode loop:
                EmitLoop(loop);
                break;
            case AssertionNode assertion:
                Add(OperationOf(assertion.Kind));
                break;
            case LookaheadNode lookahead:
                EmitLookahead(lookahead);
                break;
            case BackReferenceNode reference:
                Add((_flags & RegExpFlags.IgnoreCase) != 0 ? RegExpOp.BackReferenceIgnoreCase : RegExpOp.BackReference, reference.Index);
                break;
        }
    }

    private RegExpOp OperationOf(AssertionKind kind)
    {
        bool multiline = (_flags & RegExpFlags.Multiline) != 0;
        return kind switch
        {
            AssertionKind.Start => multiline ? RegExpOp.AssertLineStart : RegExpOp.AssertStart,
            AssertionKind.End => multiline ? RegExpOp.AssertLineEnd : RegExpOp.AssertEnd,
            AssertionKind.WordBoundary => RegExpOp.WordBoundary,
            _ => RegExpOp.NotWordBoundary,
        };
    }

    private void EmitAlternation(AlternationNode alternation)
    {
        var ends = new List<int>();
        int last = alternation.Alternatives.Count - 1;
        for (int i = 0; i < last; i++)
        {
            int split = AddWithTarget(RegExpOp.Split);
            Emit(alternation.Alternatives[i]);
            ends.Add(AddWithTarget(RegExpOp.Jump));
            _code[split] = _code.Count;
        }
        Emit(alternation.Alternatives[last]);
        foreach (int end in ends) _code[end] = _code.Count;
    }

    private void EmitLookahead(LookaheadNode lookahead)
    {
        int register = _registers;
        _registers += 2;
        if (!lookahead.Negative)
        {
            Add(RegExpOp.LookStart, register);
            Emit(lookahead.Body);
            Add(RegExpOp.LookEnd, register);
            return;
        }
        Add(RegExpOp.NegativeLookStart, register);
        int target = _code.Count;
        _code.Add(0);
        Emit(lookahead.Body);
        Add(RegExpOp.NegativeLookFail, register);
        _code[target] = _code.Count;
    }

    private void EmitLoop(LoopNode loop)
    {
        if (loop.Max == 0) return;
        if (loop.Body is CharNode or SetNode)
        {
            Add(loop.Greedy ? RegExpOp.SetLoop : RegExpOp.SetLoopLazy, SetIndex(SetOf(loop.Body)), loop.Min, loop.Max);
            return;
        }
        bool optional = loop.Min == 0 && (loop.Max == 1 || loop.Max == LoopNode.Unbounded);
        if (optional && !loop.Body.MayBeEmpty) EmitOptionalLoop(loop);
        else EmitCountedLoop(loop);
    }

    /// <summary><c>x*</c> and <c>x?</c> of a body that always consumes: no counter and no check for empty iterations.</summary>
    private void EmitOptionalLoop(LoopNode loop)
    {
        int test = _code.Count;
        int split = AddWithTarget(loop.Greedy ? RegExpOp.Split : RegExpOp.SplitLazy);
        EmitReset(loop);
        Emit(loop.Body);
        if (loop.Max != 1) Add(RegExpOp.Jump, test);
        _code[split] = _code.Count;
    }

    private void EmitCountedLoop(LoopNode loop)
    {
        int counter = _registers;
        _registers += 2;
        Add(RegExpOp.SetRegister, counter, 0);
        int test = _code.Count;
        Add(loop.Greedy ? RegExpOp.LoopTest : RegExpOp.LoopTestLazy, counter, loop.Min, loop.Max);
        int exit = _code.Count;
        _code.Add(0);
        EmitReset(loop);
        Emit(loop.Body);
        Add(RegExpOp.LoopEnd, counter, loop.Min, test);
        _code[exit] = _code.Count;
    }

    private void EmitReset(LoopNode loop)
    {
        if (loop.FirstCapture < loop.CaptureEnd) Add(RegExpOp.ResetCaptures, loop.FirstCapture, loop.CaptureEnd);
    }

    private static CharSet SetOf(RegExpNode node)
    {
        if (node is SetNode set) return set.Set;
        char value = ((CharNode)node).Value;
        return new CharSet([value], [value]);
    }

    private int SetIndex(CharSet set)
    {
        if (_setIndices.TryGetValue(set, out int index)) return index;
        _setIndices.Add(set, _sets.Count);
        _sets.Add(set);
        return _sets.Count - 1;
    }

    private void Add(RegExpOp op, params ReadOnlySpan<int> operands)
    {
        _code.Add((int)op);
        foreach (int operand in operands) _code.Add(operand);
    }

    /// <summary>Adds an operation whose only operand is patched later, and returns where that operand lies.</summary>
    private int AddWithTarget(RegExpOp op)
    {
        Add(op, 0);
        return _code.Count - 1;
    }
}
