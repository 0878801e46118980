using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Syntax;

/// <summary>
/// Recursive descent over the grammar of ECMA-262 5.1 and the chosen parts of later editions. Names are resolved afterwards,
/// by <see cref="ScopeAnalysis"/>, so nothing here depends on what is declared where.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Nested constructs a source may have; about a kilobyte of stack each.</summary>
    private const int MaxDepth = 1000;

    /// <summary>Links of a chain such as <c>a + b + …</c> or <c>a.b.c…</c>, which makes a tree as deep as it is long.</summary>
    private const int MaxChain = 4000;

    private readonly SourceText _source;
    private readonly SyntaxErrors _errors;
    private readonly Lexer _lexer;
    private readonly RegExpCheck? _regExpCheck;
    private readonly HashSet<Expression> _parenthesized = new(ReferenceEqualityComparer.Instance);
    private Token _token;
    private int _previousEnd;
    private int _depth;
    private FunctionContext _context;

    /// <summary>False inside the head of a for statement, where <c>in</c> ends the expression.</summary>
    private bool _inAllowed = true;

    /// <summary>Start of the assignment expression being read: the only place where arrow parameters may start.</summary>
    private int _arrowStart = -1;

    /// <summary>Offset of <c>{a = 1}</c> in an object literal that must turn out to be a pattern; -1 if none.</summary>
    private int _pendingCover = -1;

    public Parser(SourceText source, SyntaxErrors errors, RegExpCheck? regExpCheck)
    {
        _source = source;
        _errors = errors;
        _regExpCheck = regExpCheck;
        _lexer = new Lexer(source.Text, errors);
        _context = new FunctionContext();
    }

    /// <summary>Every word and property name of the source.</summary>
    public HashSet<string> Names => _lexer.Words;

    /// <summary>Parses a whole script or piece of eval code.</summary>
    public FunctionNode ParseProgram(FunctionKind kind, bool strict)
    {
        _context.IsStrict = strict;
        Advance();
        var body = new List<Statement>();
        ParseDirectives(body, simpleParameters: true);
        while (_token.Kind != TokenKind.EndOfFile)
        {
            try
            {
                body.Add(ParseStatementListItem());
            }
            catch (ParseAbortedException) when (kind == FunctionKind.Script)
            {
                ResumeAfterError();
            }
        }

        return new FunctionNode(0, _source.Text.Length, kind, "", [], null, [.. body]) { IsStrict = _context.IsStrict, HasSimpleParameters = true, Source = _source };
    }

    /// <summary>Checks a parenthesized parameter list that stands alone.</summary>
    public void ParseLoneParameters()
    {
        Advance();
        ParseParameters(out _);
        if (_token.Kind != TokenKind.EndOfFile) throw Unexpected();
    }

    /// <summary>Checks a function body that stands alone.</summary>
    public void ParseLoneBody()
    {
        _context.InFunction = true;
        ParseProgram(FunctionKind.Normal, strict: false);
    }

    private void Advance()
    {
        _previousEnd = _token.End;
        _token = _lexer.Next();
    }

    /// <summary>Looks at the token after the current one.</summary>
    private Token PeekToken()
    {
        int position = _lexer.Position;
        var next = _lexer.Next();
        _lexer.Position = position;
        return next;
    }

    private bool Eat(TokenKind kind)
    {
        if (_token.Kind != kind) return false;
        Advance();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (_token.Kind != kind) throw Unexpected();
        Advance();
    }

    private bool IsWord(string word) => _token.Kind == TokenKind.Identifier && _token.Text == word && !_token.Has(TokenFlags.HasEscape);

    /// <summary>Ends a statement: a semicolon, or where one may be left out (§7.9).</summary>
    private void EndStatement()
    {
        if (Eat(TokenKind.Semicolon)) return;
        if (_token.Kind is TokenKind.CloseBrace or TokenKind.EndOfFile || _token.Has(TokenFlags.NewlineBefore)) return;
        throw Unexpected();
    }

    /// <summary>Called on the way into each construct that can hold itself; pairs with a decrement of <see cref="_depth"/>.</summary>
    private void Enter()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw TooDeep(_token.Start);
    }

    private Exception TooDeep(int start) => _errors.Fail(start, start + 1, "Code is too deeply nested");

    private Exception Fail(in Token token, string message) => _errors.Fail(token.Start, token.End, message);

    private void Report(Node node, string message) => _errors.Report(node.Start, node.End, message);

    private Exception Unexpected() => Unexpected(_token);

    private Exception Unexpected(in Token token)
    {
        string message = token.Kind switch
        {
            TokenKind.EndOfFile => "Unexpected end of input",
            TokenKind.Number => "Unexpected number",
            TokenKind.String => "Unexpected string",
            TokenKind.Template => "Unexpected template string",
            TokenKind.EscapedKeyword => "Keyword must not contain escaped characters",
            TokenKind.Reserved => Keywords.Unsupported(token.Text!) ?? (token.Text == "enum" ? "Unexpected reserved word" : TokenMessage(token)),
            TokenKind.Identifier => _context.IsStrict && Keywords.IsStrictReserved(token.Text!)
                ? "Unexpected strict mode reserved word"
                : $"Unexpected identifier '{token.Text}'",
            _ => TokenMessage(token),
        };
        return Fail(token, message);
    }

    private string TokenMessage(in Token token) => $"Unexpected token '{_source.Text.AsSpan(token.Start, token.End - token.Start)}'";

    /// <summary>Checks a word used as a name of a variable; <c>eval</c> and <c>arguments</c> are left to <see cref="CheckBindingName"/>.</summary>
    private void CheckReserved(in Token token)
    {
        if (token.Kind != TokenKind.Identifier) throw Unexpected(token);
        if (_context.IsStrict && Keywords.IsStrictReserved(token.Text!)) _errors.Report(token.Start, token.End, "Unexpected strict mode reserved word");
    }

    /// <summary>Strict code cannot bind or assign <c>eval</c> and <c>arguments</c> (Annex C).</summary>
    private void CheckBindingName(Node node, string name)
    {
        if (_context.IsStrict && (name is "eval" or "arguments")) Report(node, "Unexpected eval or arguments in strict mode");
    }

    private Identifier ParseBindingIdentifier()
    {
        CheckReserved(_token);
        var id = new Identifier(_token.Start, _token.End, _token.Text!);
        CheckBindingName(id, id.Name);
        Advance();
        return id;
    }

    /// <summary>What the statements of one function body may refer to.</summary>
    private struct FunctionContext()
    {
        public bool IsStrict;
        public bool InFunction;
        public int Loops;
        public int Switches;
        public List<(string Name, bool IsLoop)> Labels = [];
    }
}

/// <summary>Judges the pattern and flags of a regular expression literal: a message for an invalid one, null for a good one.</summary>
internal delegate string? RegExpCheck(string pattern, string flags);
