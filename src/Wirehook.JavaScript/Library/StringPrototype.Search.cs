using Wirehook.JavaScript.Library.Text;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that look for text, and the HTML functions of the web.</summary>
internal static partial class StringPrototype
{
    private static void InstallSearch(BuiltinObject prototype) => prototype
        .Method("indexOf", 1, IndexOf)
        .Method("lastIndexOf", 1, LastIndexOf)
        .Method("includes", 1, Includes)
        .Method("startsWith", 1, StartsWith)
        .Method("endsWith", 1, EndsWith)
        .Method("localeCompare", 1, LocaleCompare);

    private static void InstallHtml(BuiltinObject prototype)
    {
        foreach (var (method, tag) in ((string, string)[])
        [
            ("big", "big"), ("blink", "blink"), ("bold", "b"), ("fixed", "tt"), ("italics", "i"),
            ("small", "small"), ("strike", "strike"), ("sub", "sub"), ("sup", "sup"),
        ])
        {
            prototype.Method(method, 0, (engine, in thisValue, _) => Wrap(engine, This(engine, thisValue, method), tag, ""));
        }
        foreach (var (method, tag, attribute) in ((string, string, string)[])
            [("anchor", "a", "name"), ("fontcolor", "font", "color"), ("fontsize", "font", "size"), ("link", "a", "href")])
        {
            prototype.Method(method, 1, (engine, in thisValue, arguments) =>
            {
                string text = This(engine, thisValue, method);
                string value = TypeConversion.ToText(arguments.At(0)).Replace("\"", "&quot;", StringComparison.Ordinal);
                return Wrap(engine, text, tag, $" {attribute}=\"{value}\"");
            });
        }
    }

    private static JsValue Wrap(JsEngine engine, string text, string tag, string attribute)
    {
        engine.AccountString((long)text.Length + attribute.Length + 2 * tag.Length + 5);
        return JsValue.From($"<{tag}{attribute}>{text}</{tag}>");
    }

    private static JsValue IndexOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "indexOf");
        string wanted = TypeConversion.ToText(arguments.At(0));
        int start = (int)Math.Clamp(TypeConversion.ToInteger(arguments.At(1)), 0, text.Length);
        engine.Tick((text.Length - start) >> 5);
        int found = text.AsSpan(start).IndexOf(wanted.AsSpan());
        return JsValue.From((double)(found < 0 ? -1 : found + start));
    }

    private static JsValue LastIndexOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "lastIndexOf");
        string wanted = TypeConversion.ToText(arguments.At(0));
        double position = TypeConversion.ToNumber(arguments.At(1));
        int start = double.IsNaN(position) ? text.Length : (int)Math.Clamp(position, 0, text.Length);
        int end = (int)Math.Min((long)start + wanted.Length, text.Length);
        engine.Tick(end >> 5);
        return JsValue.From((double)text.AsSpan(0, end).LastIndexOf(wanted.AsSpan()));
    }

    private static JsValue Includes(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "includes");
        string wanted = PlainText(engine, arguments.At(0), "includes");
        int start = (int)Math.Clamp(TypeConversion.ToInteger(arguments.At(1)), 0, text.Length);
        engine.Tick((text.Length - start) >> 5);
        return JsValue.From(text.AsSpan(start).IndexOf(wanted.AsSpan()) >= 0);
    }

    private static JsValue StartsWith(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "startsWith");
        string wanted = PlainText(engine, arguments.At(0), "startsWith");
        int start = (int)Math.Clamp(TypeConversion.ToInteger(arguments.At(1)), 0, text.Length);
        return JsValue.From(text.AsSpan(start).StartsWith(wanted.AsSpan()));
    }

    private static JsValue EndsWith(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "endsWith");
        string wanted = PlainText(engine, arguments.At(0), "endsWith");
        int end = arguments.At(1).IsUndefined ? text.Length : (int)Math.Clamp(TypeConversion.ToInteger(arguments[1]), 0, text.Length);
        return JsValue.From(text.AsSpan(0, end).EndsWith(wanted.AsSpan()));
    }

    /// <summary>These functions refuse regular expressions, so that a later standard may give them a meaning.</summary>
    private static string PlainText(JsEngine engine, in JsValue value, string method)
    {
        if (value.IsObject && value.AsObject is JsRegExp)
            throw engine.TypeError($"First argument to String.prototype.{method} must not be a regular expression");
        return TypeConversion.ToText(value);
    }

    private static JsValue LocaleCompare(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "localeCompare");
        string other = TypeConversion.ToText(arguments.At(0));
        engine.Tick((text.Length + other.Length) >> 2);
        return JsValue.From((double)Math.Sign(Collation.Compare(text, other)));
    }
}
