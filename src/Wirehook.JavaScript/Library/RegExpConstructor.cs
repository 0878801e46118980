using System.Text;
using Wirehook.JavaScript.Library.RegExps;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>RegExp and its prototype (ES5.1 §15.10), the flags as accessors of the prototype, and the legacy properties of the web.</summary>
internal static class RegExpConstructor
{
    internal static void Install(JsEngine engine)
    {
        var constructor = engine.DefineConstructor("RegExp", 2, Call, Construct, engine.Intrinsics.RegExpPrototype);
        InstallLegacy(constructor);
        engine.Define(engine.Intrinsics.RegExpPrototype)
            .Method("exec", 1, Exec)
            .Method("test", 1, Test)
            .Method("toString", 0, ToText)
            .Method("compile", 2, Compile)
            .Accessor("source", Source)
            .Accessor("flags", Flags)
            .Accessor("global", static (engine, in thisValue, _) => Flag(engine, thisValue, RegExpFlags.Global, "global"))
            .Accessor("ignoreCase", static (engine, in thisValue, _) => Flag(engine, thisValue, RegExpFlags.IgnoreCase, "ignoreCase"))
            .Accessor("multiline", static (engine, in thisValue, _) => Flag(engine, thisValue, RegExpFlags.Multiline, "multiline"))
            .Accessor("sticky", static (engine, in thisValue, _) => Flag(engine, thisValue, RegExpFlags.Sticky, "sticky"))
            .Accessor("dotAll", static (engine, in thisValue, _) => Flag(engine, thisValue, RegExpFlags.DotAll, "dotAll"));
    }

    /// <summary>Creates the object of a literal or of <c>new RegExp</c>.</summary>
    /// <exception cref="JsException">A SyntaxError when the pattern or the flags are none.</exception>
    internal static JsRegExp Create(JsEngine engine, string pattern, string flags) =>
        new(engine, engine.BuiltinState.Matching.Compile(pattern, flags), pattern);

    /// <summary>What is wrong with the pattern and flags of a literal, or null.</summary>
    internal static string? Check(string pattern, string flagsText)
    {
        if (!RegExpFlagsText.TryParse(flagsText, out var flags))
            return RegExpFlagsText.WhatIsWrong(flagsText);
        return RegExpProgram.TryCompile(pattern, flags, out _, out string? error) ? null : $"Invalid regular expression: /{pattern}/: {error}";
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        // An expression called without flags is given back as it is (§15.10.3.1).
        if (arguments.At(0).IsObject && arguments[0].AsObject is JsRegExp given && arguments.At(1).IsUndefined)
            return JsValue.From(given);
        return Construct(engine, thisValue, arguments);
    }

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var (pattern, flags) = ReadPattern(arguments);
        return JsValue.From(Create(engine, pattern, flags));
    }

    private static (string Pattern, string Flags) ReadPattern(ReadOnlySpan<JsValue> arguments)
    {
        var pattern = arguments.At(0);
        var flags = arguments.At(1);
        if (pattern.IsObject && pattern.AsObject is JsRegExp given)
            return (given.Source, flags.IsUndefined ? RegExpFlagsText.Format(given.Program.Flags) : TypeConversion.ToText(flags));
        string patternText = pattern.IsUndefined ? "" : TypeConversion.ToText(pattern);
        return (patternText, flags.IsUndefined ? "" : TypeConversion.ToText(flags));
    }

    private static JsValue Exec(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var expression = This(engine, thisValue, "exec");
        string input = TypeConversion.ToText(arguments.At(0));
        var matching = engine.BuiltinState.Matching;
        return matching.Step(expression, input, out var captures) ? matching.ResultArray(input, captures) : JsValue.Null;
    }

    private static JsValue Test(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var expression = This(engine, thisValue, "test");
        string input = TypeConversion.ToText(arguments.At(0));
        return JsValue.From(engine.BuiltinState.Matching.Step(expression, input, out _));
    }

    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (!thisValue.IsObject)
            throw engine.TypeError("RegExp.prototype.toString requires that 'this' be an Object");
        string source = TypeConversion.ToText(thisValue.AsObject.Get("source"));
        string flags = TypeConversion.ToText(thisValue.AsObject.Get("flags"));
        return JsValue.From($"/{source}/{flags}");
    }

    private static JsValue Compile(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var expression = This(engine, thisValue, "compile");
        var (pattern, flags) = ReadPattern(arguments);
        expression.Replace(engine.BuiltinState.Matching.Compile(pattern, flags), pattern);
        return thisValue;
    }

    private static JsValue Source(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        IsPrototype(engine, thisValue) ? JsValue.From("(?:)") : JsValue.From(Escape(This(engine, thisValue, "source").Source));

    private static JsValue Flags(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        IsPrototype(engine, thisValue) ? JsValue.EmptyString : JsValue.From(RegExpFlagsText.Format(This(engine, thisValue, "flags").Program.Flags));

    private static JsValue Flag(JsEngine engine, in JsValue thisValue, RegExpFlags flag, string name) =>
        IsPrototype(engine, thisValue) ? default : JsValue.From((This(engine, thisValue, name).Program.Flags & flag) != 0);

    private static bool IsPrototype(JsEngine engine, in JsValue value) => ReferenceEquals(value.Reference, engine.Intrinsics.RegExpPrototype);

    private static JsRegExp This(JsEngine engine, in JsValue thisValue, string method) =>
        thisValue.IsObject && thisValue.AsObject is JsRegExp expression
            ? expression
            : throw engine.TypeError($"Method RegExp.prototype.{method} called on incompatible receiver {JsEngine.DescribeReceiver(thisValue)}");

    /// <summary>The source in a form that a literal could have: slashes outside classes and line terminators escaped (§15.10.4.1).</summary>
    private static string Escape(string source)
    {
        if (source.Length == 0)
            return "(?:)";
        if (source.AsSpan().IndexOfAny("/\n\r\u2028\u2029") < 0)
            return source;
        var output = new StringBuilder(source.Length + 8);
        bool inClass = false;
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (c == '\\' && i + 1 < source.Length && source[i + 1] is not ('\n' or '\r' or '\u2028' or '\u2029'))
            {
                output.Append(c).Append(source[++i]);
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            output.Append(c switch
            {
                '/' when !inClass => "\\/",
                '\n' => "\\n",
                '\r' => "\\r",
                '\u2028' => "\\u2028",
                '\u2029' => "\\u2029",
                _ => SingleCharacter.Text(c),
            });
        }
        return output.ToString();
    }

    private static void InstallLegacy(BuiltinObject constructor)
    {
        for (int i = 1; i <= 9; i++)
        {
            int index = i;
            constructor.Accessor("$" + i, (engine, in _, _) => LegacyCapture(engine, index));
        }
        DefineLegacy(constructor, "lastMatch", "$&", static (engine, in _, _) => LegacyCapture(engine, 0));
        DefineLegacy(constructor, "input", "$_", static (engine, in _, _) => JsValue.From(engine.BuiltinState.Matching.LastInput));
        DefineLegacy(constructor, "leftContext", "$`", static (engine, in _, _) => JsValue.From(engine.BuiltinState.Matching.LeftContext));
        DefineLegacy(constructor, "rightContext", "$'", static (engine, in _, _) => JsValue.From(engine.BuiltinState.Matching.RightContext));
        DefineLegacy(constructor, "lastParen", "$+", static (engine, in _, _) =>
            engine.BuiltinState.Matching.LastCaptures.Length is var length and > 2 ? LegacyCapture(engine, length / 2 - 1) : JsValue.EmptyString);
    }

    private static void DefineLegacy(BuiltinObject constructor, string name, string shortName, NativeFunction getter) =>
        constructor.Accessor(name, getter).Accessor(shortName, getter);

    private static JsValue LegacyCapture(JsEngine engine, int index)
    {
        var matching = engine.BuiltinState.Matching;
        if (index * 2 >= matching.LastCaptures.Length)
            return JsValue.EmptyString;
        var capture = matching.Capture(matching.LastInput, matching.LastCaptures, index);
        return capture.IsUndefined ? JsValue.EmptyString : capture;
    }
}
