using System.Globalization;
using System.Text;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Tests.Syntax;

/// <summary>Writes a tree as source again, with every operator in parentheses, so that a test sees how a program was read.</summary>
internal static class SourcePrinter
{
    public static string Print(FunctionNode main) => Join(main.Body.Select(Print), " ");

    public static string Print(Statement statement) => statement switch
    {
        ExpressionStatement s => StatementText(Print(s.Expression)),
        VariableDeclaration s => Declaration(s) + ";",
        FunctionDeclaration s => Function(s.Function, "function " + s.Id.Name),
        EmptyStatement => ";",
        BlockStatement s => Block(s.Body),
        IfStatement s => $"if ({Print(s.Test)}) {Print(s.WhenTrue)}" + (s.WhenFalse is null ? "" : " else " + Print(s.WhenFalse)),
        LabeledStatement s => s.Label + ": " + Print(s.Body),
        BreakStatement s => s.Label is null ? "break;" : $"break {s.Label};",
        ContinueStatement s => s.Label is null ? "continue;" : $"continue {s.Label};",
        ReturnStatement s => s.Argument is null ? "return;" : $"return {Print(s.Argument)};",
        ThrowStatement s => $"throw {Print(s.Argument)};",
        WithStatement s => $"with ({Print(s.Object)}) {Print(s.Body)}",
        DebuggerStatement => "debugger;",
        TryStatement s => "try " + Print(s.Block) + Catch(s.Handler) + (s.Finalizer is null ? "" : " finally " + Print(s.Finalizer)),
        SwitchStatement s => $"switch ({Print(s.Discriminant)}) {{{Join(s.Cases.Select(Case), " ")}}}",
        WhileStatement s => $"while ({Print(s.Test)}) {Print(s.Body)}",
        DoWhileStatement s => $"do {Print(s.Body)} while ({Print(s.Test)});",
        ForStatement s => $"for ({Head(s.Initializer)}; {Optional(s.Test)}; {Optional(s.Update)}) {Print(s.Body)}",
        ForEachStatement s => $"for ({Head(s.Left)} {(s.IsOf ? "of" : "in")} {Print(s.Right)}) {Print(s.Body)}",
        _ => throw new InvalidOperationException(statement.GetType().Name),
    };

    public static string Print(Expression expression) => expression switch
    {
        Identifier e => e.Name,
        NumberLiteral e => Number(e.Value),
        StringLiteral e => Quote(e.Value),
        BooleanLiteral e => e.Value ? "true" : "false",
        NullLiteral => "null",
        ThisExpression => "this",
        RegExpLiteral e => $"/{e.Pattern}/{e.Flags}",
        TemplateLiteral e => Template(e),
        ArrayLiteral e => "[" + string.Concat(e.Elements.Select(x => (x is null ? "" : Print(x)) + ",")) + "]",
        ObjectLiteral e => "({" + Join(e.Properties.Select(Property), ", ") + "})",
        FunctionExpression e => e.Function.Kind == FunctionKind.Arrow
            ? "(" + Parameters(e.Function) + " => " + Block(e.Function.Body) + ")"
            : "(" + Function(e.Function, e.Function.HasOwnName ? "function " + e.Function.Name : "function") + ")",
        UnaryExpression e => $"({UnaryText(e.Operator)} {Print(e.Operand)})",
        UpdateExpression e => e.IsPrefix ? $"({(e.IsIncrement ? "++" : "--")} {Print(e.Target)})" : $"({Print(e.Target)}{(e.IsIncrement ? "++" : "--")})",
        BinaryExpression e => $"({Print(e.Left)} {BinaryText(e.Operator)} {Print(e.Right)})",
        LogicalExpression e => $"({Print(e.Left)} {(e.IsAnd ? "&&" : "||")} {Print(e.Right)})",
        AssignmentExpression e => $"({Target(e.Target)} {(e.Operator is { } op ? BinaryText(op) : "")}= {Print(e.Value)})",
        ConditionalExpression e => $"({Print(e.Test)} ? {Print(e.WhenTrue)} : {Print(e.WhenFalse)})",
        CallExpression e => $"{Print(e.Callee)}({Join(e.Arguments.Select(Print), ", ")})",
        NewExpression e => $"new ({Print(e.Callee)})({Join(e.Arguments.Select(Print), ", ")})",
        MemberExpression e => $"{ObjectText(e.Object)}.{e.Name}",
        IndexExpression e => $"{ObjectText(e.Object)}[{Print(e.Index)}]",
        SequenceExpression e => "(" + Join(e.Expressions.Select(Print), ", ") + ")",
        SpreadElement e => "..." + Print(e.Argument),
        BindingPattern e => Target(e),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static string ObjectText(Expression e) => e is NumberLiteral or NewExpression ? $"({Print(e)})" : Print(e);

    private static string StatementText(string text) =>
        (text.StartsWith("function", StringComparison.Ordinal) || text.StartsWith("let", StringComparison.Ordinal) ? $"({text})" : text) + ";";

    private static string Target(Expression target) => target switch
    {
        ArrayPattern p => "[" + string.Concat(p.Elements.Select(x => (x is null ? "" : Element(x)) + ",")) + (p.Rest is null ? "" : "..." + Target(p.Rest)) + "]",
        ObjectPattern p => "{" + Join(p.Properties.Select(x => Key(x.Name, x.Computed) + ": " + Element(x.Element)).Concat(p.Rest is null ? [] : ["..." + Target(p.Rest)]), ", ") + "}",
        _ => Print(target),
    };

    private static string Element(PatternElement element) => Target(element.Target) + (element.DefaultValue is null ? "" : " = " + Print(element.DefaultValue));

    private static string Key(string? name, Expression? computed) => name is null ? $"[{Print(computed!)}]" : Quote(name);

    private static string Property(PropertyNode p) => p.Kind switch
    {
        PropertyKind.Spread => "..." + Print(p.Value),
        PropertyKind.Getter => Function(((FunctionExpression)p.Value).Function, "get " + Key(p.Name, p.Computed)),
        PropertyKind.Setter => Function(((FunctionExpression)p.Value).Function, "set " + Key(p.Name, p.Computed)),
        _ when p.Value is FunctionExpression { Function: { Kind: FunctionKind.Method } method } => Function(method, Key(p.Name, p.Computed)),
        _ => Key(p.Name, p.Computed) + ": " + Print(p.Value),
    };

    private static string Parameters(FunctionNode f) =>
        "(" + Join(f.Parameters.Select(Element).Concat(f.Rest is null ? [] : ["..." + Target(f.Rest)]), ", ") + ")";

    private static string Function(FunctionNode f, string head) => head + Parameters(f) + " " + Block(f.Body);

    private static string Block(Statement[] body) => "{" + Join(body.Select(Print), " ") + "}";

    private static string Catch(CatchClause? clause) =>
        clause is null ? "" : " catch " + (clause.Parameter is null ? "" : $"({Target(clause.Parameter)}) ") + Print(clause.Body);

    private static string Case(SwitchCase c) => (c.Test is null ? "default: " : $"case {Print(c.Test)}: ") + Join(c.Body.Select(Print), " ");

    private static string Declaration(VariableDeclaration d) => d.Kind switch { DeclarationKind.Var => "var ", DeclarationKind.Let => "let ", _ => "const " }
        + Join(d.Declarators.Select(x => Target(x.Target) + (x.Initializer is null ? "" : " = " + Print(x.Initializer))), ", ");

    private static string Head(Node? node) => node switch { null => "", VariableDeclaration d => Declaration(d), _ => Print((Expression)node) };

    private static string Optional(Expression? e) => e is null ? "" : Print(e);

    private static string Template(TemplateLiteral t)
    {
        var text = new StringBuilder("`");
        for (int i = 0; i < t.Strings.Length; i++)
        {
            text.Append(t.Strings[i].Replace("\\", "\\\\").Replace("`", "\\`").Replace("${", "\\${").Replace("\r", "\\r"));
            if (i < t.Expressions.Length) text.Append("${").Append(Print(t.Expressions[i])).Append('}');
        }

        return text.Append('`').ToString();
    }

    private static string Number(double value) => double.IsInfinity(value) ? "1e999" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c is < ' ' or > '~') text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    private static string UnaryText(UnaryOperator op) => op switch
    {
        UnaryOperator.Minus => "-",
        UnaryOperator.Plus => "+",
        UnaryOperator.Not => "!",
        UnaryOperator.BitwiseNot => "~",
        UnaryOperator.TypeOf => "typeof",
        UnaryOperator.Void => "void",
        _ => "delete",
    };

    private static string BinaryText(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Remainder => "%",
        BinaryOperator.Power => "**",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.ShiftRightUnsigned => ">>>",
        BinaryOperator.BitwiseAnd => "&",
        BinaryOperator.BitwiseOr => "|",
        BinaryOperator.BitwiseXor => "^",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.StrictEqual => "===",
        BinaryOperator.StrictNotEqual => "!==",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.InstanceOf => "instanceof",
        _ => "in",
    };

    private static string Join(IEnumerable<string> parts, string separator) => string.Join(separator, parts);
}
