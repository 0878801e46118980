namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>The operations of a compiled regular expression; operands follow in the code.</summary>
internal enum RegExpOp
{
    /// <summary>The whole pattern matched.</summary>
    Match,

    /// <summary>Char c.</summary>
    Char,

    /// <summary>Set index.</summary>
    Set,

    /// <summary>Start of the input.</summary>
    AssertStart,

    /// <summary>Start of a line.</summary>
    AssertLineStart,

    /// <summary>End of the input.</summary>
    AssertEnd,

    /// <summary>End of a line.</summary>
    AssertLineEnd,

    /// <summary>Word boundary.</summary>
    WordBoundary,

    /// <summary>No word boundary.</summary>
    NotWordBoundary,

    /// <summary>Jump target.</summary>
    Jump,

    /// <summary>Continue here, and on failure at the target: Split target.</summary>
    Split,

    /// <summary>Continue at the target, and on failure here: SplitLazy target.</summary>
    SplitLazy,

    /// <summary>The position goes to a register: Save register.</summary>
    Save,

    /// <summary>The registers of a capture take the saved start and the position: CaptureEnd index, register.</summary>
    CaptureEnd,

    /// <summary>ResetCaptures first, end.</summary>
    ResetCaptures,

    /// <summary>BackReference index.</summary>
    BackReference,

    /// <summary>BackReferenceIgnoreCase index.</summary>
    BackReferenceIgnoreCase,

    /// <summary>SetRegister register, value.</summary>
    SetRegister,

    /// <summary>Decides between another iteration, tried first, and leaving: LoopTest counter, min, max, exit.</summary>
    LoopTest,

    /// <summary>The same with leaving tried first.</summary>
    LoopTestLazy,

    /// <summary>LoopEnd counter, min, test: refuses an empty optional iteration, counts, and jumps to the test.</summary>
    LoopEnd,

    /// <summary>SetLoop set, min, max: as many members as possible.</summary>
    SetLoop,

    /// <summary>SetLoopLazy set, min, max: as few members as possible.</summary>
    SetLoopLazy,

    /// <summary>LookStart register: remembers backtrack height and position.</summary>
    LookStart,

    /// <summary>LookEnd register: the lookahead matched; its choices are dropped and the position restored.</summary>
    LookEnd,

    /// <summary>NegativeLookStart register, target: continues at the target when the body fails.</summary>
    NegativeLookStart,

    /// <summary>NegativeLookFail register: the body matched, so the lookahead fails.</summary>
    NegativeLookFail,
}

/// <summary>A compiled regular expression: immutable, shared by all matches.</summary>
internal sealed class RegExpProgram
{
    internal RegExpProgram(RegExpFlags flags, int captures, int registers, int[] code, CharSet[] sets)
    {
        Flags = flags;
        CaptureCount = captures;
        RegisterCount = registers;
        Code = code;
        Sets = sets;
    }

    /// <summary>The flags that the program was compiled with.</summary>
    public RegExpFlags Flags { get; }

    /// <summary>How many capturing groups the pattern has; the whole match is not counted.</summary>
    public int CaptureCount { get; }

    internal int RegisterCount { get; }

    internal int[] Code { get; }

    internal CharSet[] Sets { get; }

    /// <summary>What is known about where matches begin.</summary>
    internal required RegExpStart Start { get; init; }

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The source between the slashes.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="program">The program.</param>
    /// <param name="error">Why the pattern is not a regular expression, in V8's words, without the pattern.</param>
    public static bool TryCompile(string pattern, RegExpFlags flags, out RegExpProgram? program, out string? error)
    {
        try
        {
            (RegExpNode root, int captures) = RegExpParser.Parse(pattern, flags);
            program = RegExpCompiler.Compile(root, captures, flags);
            error = null;
            return true;
        }
        catch (RegExpSyntaxException syntax)
        {
            program = null;
            error = syntax.Message;
            return false;
        }
    }
}
