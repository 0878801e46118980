using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Error and the native errors (ES5.1 §15.11).</summary>
internal static class ErrorConstructor
{
    internal static void Install(JsEngine engine)
    {
        for (var kind = JsErrorKind.Error; kind <= JsErrorKind.UriError; kind++)
            InstallKind(engine, kind);
        engine.Define(engine.Intrinsics.ErrorPrototype(JsErrorKind.Error))
            .Method("toString", 0, ToText);
        var error = engine.Global.Get("Error").AsObject;
        for (var kind = JsErrorKind.EvalError; kind <= JsErrorKind.UriError; kind++)
            engine.Global.Get(NameOf(kind)).AsObject.TrySetPrototype(error);
    }

    private static void InstallKind(JsEngine engine, JsErrorKind kind)
    {
        var prototype = engine.Intrinsics.ErrorPrototype(kind);
        engine.Define(prototype)
            .Property("name", JsValue.From(NameOf(kind)))
            .Property("message", JsValue.EmptyString);
        JsValue Create(JsEngine realm, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
        {
            var message = arguments.At(0);
            if (!message.IsUndefined)
                message = JsValue.From(TypeConversion.ToText(message));
            var error = realm.CreateError(prototype, message);
            if (arguments.At(1).IsObject && arguments[1].AsObject.HasProperty("cause"))
                error.DefineData("cause", arguments[1].AsObject.Get("cause"), PropertyAttributes.Hidden);
            return JsValue.From(error);
        }
        engine.DefineConstructor(NameOf(kind), 1, Create, Create, prototype);
    }

    private static string NameOf(JsErrorKind kind) => kind == JsErrorKind.UriError ? "URIError" : kind.ToString();

    /// <summary>§15.11.4.4.</summary>
    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (!thisValue.IsObject)
            throw engine.TypeError("Error.prototype.toString requires that 'this' be a JSReceiver");
        var name = thisValue.AsObject.Get("name");
        string nameText = name.IsUndefined ? "Error" : TypeConversion.ToText(name);
        var message = thisValue.AsObject.Get("message");
        string messageText = message.IsUndefined ? "" : TypeConversion.ToText(message);
        if (nameText.Length == 0 || messageText.Length == 0)
            return JsValue.From(nameText + messageText);
        engine.AccountString((long)nameText.Length + messageText.Length + 2);
        return JsValue.From($"{nameText}: {messageText}");
    }
}
