namespace Wirehook.JavaScript;

/// <summary>The attributes of a property (ES5.1 §8.6.1).</summary>
[Flags]
public enum PropertyAttributes : byte
{
    /// <summary>Read-only, hidden from enumeration, fixed.</summary>
    None = 0,

    /// <summary>The value may be changed by assignment.</summary>
    Writable = 1,

    /// <summary><c>for…in</c> and <c>Object.keys</c> show it.</summary>
    Enumerable = 2,

    /// <summary>It may be deleted and its attributes changed.</summary>
    Configurable = 4,

    /// <summary>It is an accessor: getter and setter instead of a value.</summary>
    Accessor = 8,

    /// <summary>What an assignment creates.</summary>
    All = Writable | Enumerable | Configurable,

    /// <summary>What built-in methods have (ES5.1 §15): writable and configurable.</summary>
    Hidden = Writable | Configurable,
}

/// <summary>A property descriptor (ES5.1 §8.10): every part may be absent.</summary>
public readonly struct PropertyDescriptor
{
    /// <summary>A descriptor of the given parts.</summary>
    internal PropertyDescriptor(PropertyAttributes present, PropertyAttributes attributes, in JsValue value, bool hasValue)
    {
        (Present, Attributes, Value, HasValue) = (present, attributes, value, hasValue);
    }

    /// <summary>Which of Writable, Enumerable and Configurable are given.</summary>
    public PropertyAttributes Present { get; init; }

    /// <summary>The given attributes; <see cref="PropertyAttributes.Accessor"/> is never set here, see <see cref="IsAccessor"/>.</summary>
    public PropertyAttributes Attributes { get; init; }

    /// <summary>The value of a data property.</summary>
    public JsValue Value { get; init; }

    /// <summary>Whether the value is given.</summary>
    public bool HasValue { get; init; }

    /// <summary>The getter, or null for undefined.</summary>
    public JsFunction? Getter { get; init; }

    /// <summary>The setter, or null for undefined.</summary>
    public JsFunction? Setter { get; init; }

    /// <summary>Whether a getter (perhaps undefined) is given.</summary>
    public bool HasGetter { get; init; }

    /// <summary>Whether a setter (perhaps undefined) is given.</summary>
    public bool HasSetter { get; init; }

    /// <summary>Whether this describes an accessor (§8.10.1).</summary>
    public bool IsAccessor => HasGetter || HasSetter;

    /// <summary>Whether this describes a data property (§8.10.2).</summary>
    public bool IsData => HasValue || (Present & PropertyAttributes.Writable) != 0;

    /// <summary>Whether the property may be written.</summary>
    public bool IsWritable => (Attributes & PropertyAttributes.Writable) != 0;

    /// <summary>Whether the property shows up in enumerations.</summary>
    public bool IsEnumerable => (Attributes & PropertyAttributes.Enumerable) != 0;

    /// <summary>Whether the property may be deleted or changed.</summary>
    public bool IsConfigurable => (Attributes & PropertyAttributes.Configurable) != 0;

    /// <summary>A complete data property.</summary>
    public static PropertyDescriptor Data(in JsValue value, PropertyAttributes attributes = PropertyAttributes.All) =>
        new(PropertyAttributes.All, attributes & PropertyAttributes.All, value, true);

    /// <summary>A complete accessor property.</summary>
    public static PropertyDescriptor AccessorOf(JsFunction? getter, JsFunction? setter, PropertyAttributes attributes) => new()
    {
        Present = PropertyAttributes.Enumerable | PropertyAttributes.Configurable,
        Attributes = attributes & (PropertyAttributes.Enumerable | PropertyAttributes.Configurable),
        Getter = getter,
        Setter = setter,
        HasGetter = true,
        HasSetter = true,
    };

    internal static PropertyDescriptor FromSlot(in JsValue slot, PropertyAttributes attributes)
    {
        if ((attributes & PropertyAttributes.Accessor) == 0)
            return Data(slot, attributes);
        var accessor = (Runtime.Accessor)slot.Reference!;
        return AccessorOf(accessor.Getter, accessor.Setter, attributes);
    }
}
