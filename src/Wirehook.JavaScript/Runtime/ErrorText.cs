namespace Wirehook.JavaScript.Runtime;

/// <summary>Describes thrown values without running any script code.</summary>
internal static class ErrorText
{
    internal static string Describe(in JsValue value)
    {
        if (!value.IsObject)
            return TypeConversion.ToText(value);
        var o = value.AsObject;
        if (o is not JsErrorObject)
            return o is JsFunction function ? $"function {function.Name}" : Fields(o) ?? $"#<{o.ClassName}>";
        return Fields(o) ?? "Error";
    }

    private static string? Fields(JsObject o)
    {
        string? name = DataText(o, "name");
        string? message = DataText(o, "message");
        if (name is null)
            return message;
        return string.IsNullOrEmpty(message) ? name : name.Length == 0 ? message : $"{name}: {message}";
    }

    private static string? DataText(JsObject o, string name) =>
        o.GetProperty(PropertyKey.FromIdentifier(name), out var descriptor)
        && descriptor.HasValue && !descriptor.Value.IsObject && !descriptor.Value.IsUndefined
            ? TypeConversion.ToText(descriptor.Value)
            : null;
}
