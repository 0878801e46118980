namespace Wirehook.JavaScript.Syntax;

/// <summary>Reserved words (ECMA-262 5.1 §7.6.1) and what the engine says about constructs it does not have.</summary>
internal static class Keywords
{
    /// <summary>The kind of a word: a keyword, or <see cref="TokenKind.Identifier"/>.</summary>
    public static TokenKind KindOf(string word) => word switch
    {
        "break" => TokenKind.Break,
        "case" => TokenKind.Case,
        "catch" => TokenKind.Catch,
        "continue" => TokenKind.Continue,
        "debugger" => TokenKind.Debugger,
        "default" => TokenKind.Default,
        "delete" => TokenKind.Delete,
        "do" => TokenKind.Do,
        "else" => TokenKind.Else,
        "finally" => TokenKind.Finally,
        "for" => TokenKind.For,
        "function" => TokenKind.Function,
        "if" => TokenKind.If,
        "in" => TokenKind.In,
        "instanceof" => TokenKind.InstanceOf,
        "new" => TokenKind.New,
        "return" => TokenKind.Return,
        "switch" => TokenKind.Switch,
        "this" => TokenKind.This,
        "throw" => TokenKind.Throw,
        "try" => TokenKind.Try,
        "typeof" => TokenKind.TypeOf,
        "var" => TokenKind.Var,
        "void" => TokenKind.Void,
        "while" => TokenKind.While,
        "with" => TokenKind.With,
        "null" => TokenKind.Null,
        "true" => TokenKind.True,
        "false" => TokenKind.False,
        "const" => TokenKind.Const,
        "class" or "enum" or "export" or "extends" or "import" or "super" => TokenKind.Reserved,
        _ => TokenKind.Identifier,
    };

    /// <summary>True for words that are reserved in strict code only (§7.6.1.2).</summary>
    public static bool IsStrictReserved(string word) =>
        word is "implements" or "interface" or "let" or "package" or "private" or "protected" or "public" or "static" or "yield";

    /// <summary>Says what to use instead of a construct that the engine does not have, or null where the word names none.</summary>
    public static string? Unsupported(string word) => word switch
    {
        "class" => "Classes are not supported; use functions and prototypes",
        "extends" or "super" => "Classes are not supported ('" + word + "'); use functions and prototypes",
        "import" or "export" => "Modules are not supported ('" + word + "'); a script is one file",
        _ => null,
    };
}
