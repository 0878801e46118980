namespace Wirehook.JavaScript.Syntax;

internal enum TokenKind : byte
{
    EndOfFile, Identifier, Number, String, Template, RegExp,

    OpenBrace, CloseBrace, OpenParen, CloseParen, OpenBracket, CloseBracket,
    Dot, Ellipsis, Semicolon, Comma, Question, Colon, Arrow,
    Less, Greater, LessEqual, GreaterEqual, Equal, NotEqual, StrictEqual, StrictNotEqual,
    Plus, Minus, Star, Slash, Percent, StarStar, PlusPlus, MinusMinus,
    ShiftLeft, ShiftRight, ShiftRightUnsigned, Ampersand, Bar, Caret, Exclamation, Tilde, AndAnd, OrOr,
    Assign, PlusAssign, MinusAssign, StarAssign, SlashAssign, PercentAssign, StarStarAssign,
    ShiftLeftAssign, ShiftRightAssign, ShiftRightUnsignedAssign, AndAssign, OrAssign, XorAssign,

    Break, Case, Catch, Continue, Debugger, Default, Delete, Do, Else, Finally, For, Function, If, In, InstanceOf,
    New, Return, Switch, This, Throw, Try, TypeOf, Var, Void, While, With, Null, True, False, Const,

    /// <summary>Words reserved for constructs that do not exist here: class, enum, export, extends, import, super.</summary>
    Reserved,

    /// <summary>A reserved word written with escapes: a property name and nothing else.</summary>
    EscapedKeyword,
}

[Flags]
internal enum TokenFlags : byte
{
    None = 0,

    /// <summary>A line terminator stands between the previous token and this one.</summary>
    NewlineBefore = 1,

    /// <summary>The word or string holds an escape or a line continuation, so it is no keyword or directive.</summary>
    HasEscape = 2,

    /// <summary>A legacy octal number or escape, an error in strict code (Annex B.1).</summary>
    HasOctal = 4,

    /// <summary>A decimal number with a leading zero such as 089, an error in strict code.</summary>
    HasLeadingZero = 8,

    /// <summary>The template part ends the literal.</summary>
    TemplateTail = 16,
}

/// <summary>One token. <see cref="Text"/> is the cooked value of words, strings and templates, and the pattern of regular expressions.</summary>
internal struct Token
{
    public TokenKind Kind;
    public TokenFlags Flags;
    public int Start;
    public int End;
    public string? Text;
    public double Number;

    /// <summary>The flags of a regular expression literal.</summary>
    public string? RegExpFlags;

    public readonly bool Has(TokenFlags flag) => (Flags & flag) != 0;
}
