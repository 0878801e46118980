using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    /// <summary>Creates an Error object of the given kind, as <c>new TypeError(message)</c> does.</summary>
    public JsValue NewError(JsErrorKind kind, string message) =>
        JsValue.From(CreateError(Intrinsics.ErrorPrototype(kind), JsValue.From(message)));

    /// <summary>The exception that throws a value into the running script: <c>throw engine.Throw(value)</c> in a native function.</summary>
    public JsException Throw(in JsValue value) => new(value, CaptureStack());

    /// <summary>The exception that throws a TypeError into the running script.</summary>
    public JsException TypeError(string message) => Throw(NewError(JsErrorKind.TypeError, message));

    /// <summary>The exception that throws a RangeError into the running script.</summary>
    public JsException RangeError(string message) => Throw(NewError(JsErrorKind.RangeError, message));

    internal JsException ReferenceError(string message) => Throw(NewError(JsErrorKind.ReferenceError, message));

    internal JsException SyntaxError(string message) => Throw(NewError(JsErrorKind.SyntaxError, message));

    /// <summary>Creates an Error object with its stack; an undefined message leaves the property out (ES5.1 §15.11.1.1).</summary>
    internal JsObject CreateError(JsObject prototype, in JsValue message)
    {
        var trace = CaptureStack();
        var error = new JsErrorObject(prototype.RootForChildren(ShapeKind.Ordinary), trace);
        if (!message.IsUndefined)
            error.DefineData("message", message, PropertyAttributes.Hidden);
        string head = ErrorText.Describe(JsValue.From(error));
        string calls = trace.ToString();
        AccountString(head.Length + calls.Length);
        error.DefineData("stack", JsValue.From(calls.Length == 0 ? head : head + "\n" + calls), PropertyAttributes.Hidden);
        return error;
    }

    /// <summary>How messages show a value that has no name in the source.</summary>
    internal static string Describe(in JsValue value)
    {
        if (value.IsString)
            return $"\"{value.AsString}\"";
        if (!value.IsObject)
            return TypeConversion.ToText(value);
        return value.AsFunction is { } function ? function.DisplayText : value.AsObject.DisplayName;
    }

    /// <summary>How messages name a value that a method was called on: as <see cref="Describe"/>, without quotes.</summary>
    internal static string DescribeReceiver(in JsValue value) => value.IsString ? value.AsString : Describe(value);

    internal JsStoppedException StackExhausted() => Stopped(JsGuardKind.StackDepth, "Maximum call stack size exceeded (deeply nested code)");

    private JsStoppedException Stopped(JsGuardKind kind, string message) => new(kind, message, CurrentPosition);

    private JsPosition CurrentPosition => _callDepth == 0 ? JsPosition.Unknown : Calls[_callDepth - 1].Locate();

    private StackTrace CaptureStack()
    {
        int count = Math.Min(_callDepth, StackTrace.MaximumCalls);
        var calls = new CallRecord[count];
        for (int i = 0; i < count; i++)
            calls[i] = Calls[_callDepth - 1 - i];
        return new StackTrace(calls);
    }
}
