using Wirehook.JavaScript;

namespace Wirehook.Scripting.Helpers;

/// <summary>Puts the helpers on the global object of an engine.</summary>
internal static class HelperInstaller
{
    /// <summary>Installs every family. Like built-ins, helpers can be replaced by scripts and are not enumerated.</summary>
    internal static void Install(ScriptContext context)
    {
        foreach (var family in HelperFamily.All)
        {
            foreach (var function in family.Functions) Define(context.Engine, function.Path, JsValue.From(Make(context, function)));
            foreach (var value in family.Values) Define(context.Engine, value.Path, value.Make(context));
        }
    }

    private static JsFunction Make(ScriptContext context, HelperFunction function)
    {
        var code = function.Code;
        return context.Engine.NewFunction(function.Path[(function.Path.LastIndexOf('.') + 1)..], CountParameters(function.TypeScript),
            (JsEngine _, in JsValue _, ReadOnlySpan<JsValue> arguments) => code(context, arguments));
    }

    /// <summary>The parameters that must be given: what <c>length</c> says of a function.</summary>
    private static int CountParameters(string typeScript)
    {
        var (count, depth) = (0, 0);
        for (var i = typeScript.IndexOf('('); i < typeScript.Length; i++)
        {
            var c = typeScript[i];
            if (c is '(' or '{' or '[') depth++;
            else if (c is ')' or '}' or ']' && --depth == 0) break;
            else if (depth == 1 && (c == '?' || (c == '.' && typeScript[i + 1] == '.'))) break;
            else if (depth == 1 && c == ':') count++;
        }

        return count;
    }

    private static void Define(JsEngine engine, string path, in JsValue value)
    {
        var names = path.Split('.');
        var holder = engine.Global;
        foreach (var name in names[..^1])
        {
            var next = holder.Get(name);
            if (!next.IsObject)
            {
                next = JsValue.From(engine.NewObject());
                // Only the first name lies on the global object, where enumeration would show it among the scripts' own variables.
                holder.DefineData(name, next, holder == engine.Global ? PropertyAttributes.Hidden : PropertyAttributes.All);
            }

            holder = next.AsObject;
        }

        holder.DefineData(names[^1], value, holder == engine.Global ? PropertyAttributes.Hidden : PropertyAttributes.All);
    }
}
