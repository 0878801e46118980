using Wirehook.JavaScript.Library.Text;

namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>Lets the engine's guards stop a match.</summary>
internal interface IRegExpGuard
{
    /// <summary>Called every few thousand steps; throws to stop the match.</summary>
    void Poll(int steps);

    /// <summary>Called before the backtrack stack grows to the given size in bytes; throws to stop the match.</summary>
    void Grow(long bytes);
}

/// <summary>
/// A backtracking matcher with the semantics of ECMA-262 5.1 §15.10.2. Choices lie on a stack of its own, so that no input overflows the thread's stack,
/// and that stack undoes the registers on failure. One matcher serves many matches, one at a time.
/// </summary>
internal sealed partial class RegExpMatcher(IRegExpGuard guard)
{
    private const int PollInterval = 4096;
    private const int InitialEntries = 256;
    private const int RetainedEntries = 64 * 1024;

    private Entry[] _stack = new Entry[InitialEntries];
    private int _height;
    private int[] _registers = new int[64];
    private int _fuel = PollInterval;
    private string _input = "";
    private RegExpProgram? _program;

    /// <summary>
    /// After a match: start and end of the whole match and of each capture, -1 where a capture took no part. Valid until the next match.
    /// </summary>
    public ReadOnlySpan<int> Captures => _registers.AsSpan(0, (_program!.CaptureCount + 1) * 2);

    /// <summary>Searches for the first match that begins at <paramref name="from"/> or behind it.</summary>
    /// <param name="program">The regular expression.</param>
    /// <param name="input">The text.</param>
    /// <param name="from">Where to begin; at most the length of the text.</param>
    /// <param name="sticky">Whether the match must begin exactly there.</param>
    public bool Search(RegExpProgram program, string input, int from, bool sticky)
    {
        _program = program;
        _input = input;
        if (_registers.Length < program.RegisterCount) _registers = new int[program.RegisterCount * 2];
        try
        {
            if (sticky || program.Start.Anchored)
                return (sticky || from == 0) && MatchAt(program, from);
            for (int at = from; at <= input.Length; at++)
            {
                at = program.Start.Find(input, at);
                if (at < 0) return false;
                if (MatchAt(program, at)) return true;
            }
            return false;
        }
        finally
        {
            _height = 0;
            if (_stack.Length > RetainedEntries) _stack = new Entry[InitialEntries];
        }
    }

    /// <summary>Tries a match that begins exactly at a position.</summary>
    private bool MatchAt(RegExpProgram program, int start)
    {
        Spend(program.RegisterCount >> 4);
        _registers.AsSpan(0, program.RegisterCount).Fill(-1);
        _height = 0;
        int end = Run(program, start);
        if (end < 0) return false;
        _registers[0] = start;
        _registers[1] = end;
        return true;
    }

    private void Spend(int steps)
    {
        _fuel -= steps;
        if (_fuel > 0) return;
        int spent = PollInterval - _fuel;
        _fuel = PollInterval;
        guard.Poll(spent);
    }

    private void Push(EntryKind kind, int a, int b, int c)
    {
        if (_height == _stack.Length)
        {
            guard.Grow((long)_stack.Length * 2 * Entry.Size);
            Array.Resize(ref _stack, _stack.Length * 2);
        }
        _stack[_height++] = new Entry(kind, a, b, c);
    }

    private void SetRegister(int register, int value)
    {
        Push(EntryKind.Restore, register, _registers[register], 0);
        _registers[register] = value;
    }

    /// <summary>Undoes the latest choice and gives the place to continue at; false when none is left.</summary>
    private bool Backtrack(RegExpProgram program, out int pc, out int position)
    {
        while (_height > 0)
        {
            ref Entry top = ref _stack[_height - 1];
            switch (top.Kind)
            {
                case EntryKind.Restore:
                    _registers[top.A] = top.B;
                    _height--;
                    continue;
                case EntryKind.Choice:
                    (pc, position) = (top.A, top.B);
                    _height--;
                    return true;
                case EntryKind.GreedyRun:
                    // A: where to continue; B: the least end of the run; C: the end tried last.
                    (pc, position) = (top.A, --top.C);
                    if (top.C <= top.B) _height--;
                    return true;
                default:
                    // A: the loop operation; B: the end tried last; C: how many more members the run may take.
                    if (top.B < _input.Length && program.Sets[program.Code[top.A + 1]].Contains(_input[top.B]))
                    {
                        (pc, position) = (top.A + 4, ++top.B);
                        if (--top.C <= 0) _height--;
                        return true;
                    }
                    _height--;
                    continue;
            }
        }
        pc = position = 0;
        return false;
    }

    /// <summary>
    /// Drops the choices above a height but keeps what undoes registers: a lookahead is not entered again, yet failure before it undoes its captures.
    /// </summary>
    private void DropChoices(int height)
    {
        int kept = height;
        for (int i = height; i < _height; i++)
        {
            if (_stack[i].Kind == EntryKind.Restore) _stack[kept++] = _stack[i];
        }
        _height = kept;
    }

    /// <summary>Undoes everything above a height.</summary>
    private void UnwindTo(int height)
    {
        while (_height > height)
        {
            ref Entry top = ref _stack[--_height];
            if (top.Kind == EntryKind.Restore) _registers[top.A] = top.B;
        }
    }

    private bool IsWordBoundary(int at) => IsWordAt(at - 1) != IsWordAt(at);

    private bool IsWordAt(int at) => (uint)at < (uint)_input.Length && (char.IsAsciiLetterOrDigit(_input[at]) || _input[at] == '_');

    private bool IsLineEndAt(int at) => _input[at] is '\n' or '\r' or '\u2028' or '\u2029';

    /// <summary>The position behind the repeated text of a capture, or -1; a capture that took no part matches the empty text.</summary>
    private int MatchBackReference(int index, int position, bool ignoreCase)
    {
        int start = _registers[index * 2];
        int end = _registers[index * 2 + 1];
        if (start < 0 || end < 0) return position;
        int length = end - start;
        if (length > _input.Length - position) return -1;
        ReadOnlySpan<char> captured = _input.AsSpan(start, length);
        ReadOnlySpan<char> here = _input.AsSpan(position, length);
        Spend(length >> 3);
        if (!ignoreCase) return captured.SequenceEqual(here) ? position + length : -1;
        for (int i = 0; i < length; i++)
        {
            if (captured[i] != here[i] && CaseMapping.Canonicalize(captured[i]) != CaseMapping.Canonicalize(here[i])) return -1;
        }
        return position + length;
    }

    private enum EntryKind
    {
        Restore,
        Choice,
        GreedyRun,
        LazyRun,
    }

    private struct Entry(EntryKind kind, int a, int b, int c)
    {
        public const int Size = 16;
        public readonly EntryKind Kind = kind;
        public readonly int A = a;
        public int B = b;
        public int C = c;
    }
}
