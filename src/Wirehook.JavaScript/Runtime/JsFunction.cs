using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>An object that can be called.</summary>
public abstract class JsFunction : JsObject
{
    private protected JsFunction(Shape shape)
        : base(shape)
    {
    }

    /// <inheritdoc/>
    public override string ClassName => "Function";

    /// <summary>The function's name, empty when it has none.</summary>
    public abstract string Name { get; }

    /// <summary>The number of parameters the function expects.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>Whether <c>new</c> may be applied.</summary>
    public abstract bool IsConstructor { get; }

    /// <summary>
    /// Whether the first argument may outlive the call or be seen other than by reading its fields; when false, the host may
    /// use one record object for many calls.
    /// </summary>
    public virtual bool FirstParameterEscapes => true;

    /// <summary>Calls the function (ES5.1 §13.2.1). For use within a running script; hosts call the engine.</summary>
    /// <exception cref="JsException">What the function throws.</exception>
    public abstract JsValue Call(in JsValue thisValue, ReadOnlySpan<JsValue> arguments);

    /// <summary>Applies <c>new</c> (§13.2.2).</summary>
    /// <exception cref="JsException">A TypeError when the function is no constructor, or what it throws.</exception>
    public virtual JsValue Construct(ReadOnlySpan<JsValue> arguments) => throw Engine.TypeError($"{DisplayText} is not a constructor");

    /// <summary>Whether the value has the function's prototype in its chain (§15.3.5.3).</summary>
    /// <exception cref="JsException">A TypeError when the function's prototype is no object.</exception>
    internal virtual bool HasInstance(in JsValue value)
    {
        if (!value.IsObject)
            return false;
        var prototype = Get(PropertyKey.FromIdentifier("prototype"));
        if (!prototype.IsObject)
            throw Engine.TypeError("Function has non-object prototype '" + Engine.ToDisplayString(prototype) + "' in instanceof check");
        for (var o = value.AsObject.Prototype; o is not null; o = o.Prototype)
        {
            if (ReferenceEquals(o, prototype.Reference))
                return true;
        }
        return false;
    }

    /// <summary>The source of the function, or null when it has none; what <c>Function.prototype.toString</c> shows.</summary>
    internal virtual string? DefinitionText => null;

    /// <summary>How messages name the function.</summary>
    internal string DisplayText => Name.Length > 0 ? Name : "(intermediate value)";
}
