using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript;

/// <summary>One ECMAScript value (ES5.1 §8). Numbers and booleans never allocate; <c>default</c> is undefined.</summary>
[DebuggerDisplay("{DebugText}")]
public readonly struct JsValue
{
    // Objects and strings carry a signalling NaN beside their reference, so that one integer comparison tells them apart. Arithmetic
    // quiets a signalling NaN, so no computed number ever equals a mark.
    private const long ObjectMark = 0x7FF4_0000_0000_0001;
    private const long StringMark = 0x7FF4_0000_0000_0002;

    internal readonly object? Reference;
    internal readonly double Number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private JsValue(object? reference, double number)
    {
        Reference = reference;
        Number = number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsValue(double number)
    {
        Reference = ValueTag.Number;
        Number = number;
    }

    /// <summary>The value undefined.</summary>
    public static JsValue Undefined => default;

    /// <summary>The value null.</summary>
    public static JsValue Null => new(ValueTag.Null, 0);

    /// <summary>The value true.</summary>
    public static JsValue True => new(ValueTag.True, 0);

    /// <summary>The value false.</summary>
    public static JsValue False => new(ValueTag.False, 0);

    /// <summary>No value at all: an array hole, a binding before its initialisation, an absent field of a host record. Scripts never see it.</summary>
    public static JsValue Empty => new(ValueTag.Empty, 0);

    /// <summary>The number zero.</summary>
    public static JsValue Zero => new(0.0);

    /// <summary>The empty string.</summary>
    public static JsValue EmptyString => From("");

    /// <summary>Whether the value is undefined.</summary>
    public bool IsUndefined => Reference is null;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => ReferenceEquals(Reference, ValueTag.Null);

    /// <summary>Whether the value is undefined or null.</summary>
    public bool IsNullOrUndefined => Reference is null || ReferenceEquals(Reference, ValueTag.Null);

    /// <summary>Whether the value is a boolean.</summary>
    public bool IsBoolean => ReferenceEquals(Reference, ValueTag.True) || ReferenceEquals(Reference, ValueTag.False);

    /// <summary>Whether the value is the boolean true.</summary>
    public bool IsTrue => ReferenceEquals(Reference, ValueTag.True);

    /// <summary>Whether the value is a number.</summary>
    public bool IsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Reference, ValueTag.Number);
    }

    /// <summary>Whether the value is a string.</summary>
    public bool IsString
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.DoubleToInt64Bits(Number) == StringMark;
    }

    /// <summary>Whether the value is an object.</summary>
    public bool IsObject
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.DoubleToInt64Bits(Number) == ObjectMark;
    }

    /// <summary>Whether there is no value: see <see cref="Empty"/>.</summary>
    public bool IsEmpty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Reference, ValueTag.Empty);
    }

    /// <summary>Whether the value is an object that can be called.</summary>
    public bool IsCallable => IsObject && Reference is JsFunction;

    /// <summary>The number. Ask <see cref="IsNumber"/> first.</summary>
    public double AsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert(IsNumber, "not a number");
            return Number;
        }
    }

    /// <summary>The boolean. Ask <see cref="IsBoolean"/> first.</summary>
    public bool AsBoolean => ReferenceEquals(Reference, ValueTag.True);

    /// <summary>The string. Ask <see cref="IsString"/> first.</summary>
    public string AsString
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Reference is string text ? text : Runtime.Rope.Flatten(Reference!);
    }

    /// <summary>The object. Ask <see cref="IsObject"/> first.</summary>
    public JsObject AsObject
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert(Reference is JsObject, "not an object");
            return Unsafe.As<JsObject>(Reference!);
        }
    }

    /// <summary>The value as a function, or null when it cannot be called.</summary>
    public JsFunction? AsFunction => IsObject ? Reference as Evaluation.ScriptFunction ?? Reference as JsFunction : null;

    /// <summary>The length in UTF-16 units of a string, without flattening it.</summary>
    internal int StringLength => Reference is string text ? text.Length : Unsafe.As<Runtime.Rope>(Reference!).Length;

    private string DebugText => Reference switch
    {
        null => "undefined",
        ValueTag tag when ReferenceEquals(tag, ValueTag.Number) => Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        JsObject o => $"[{o.ClassName}]",
        _ => Reference.ToString() ?? "",
    };

    /// <summary>A number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsValue From(double value) => new(value);

    /// <summary>A boolean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsValue From(bool value) => new(value ? ValueTag.True : ValueTag.False, 0);

    /// <summary>A string; null gives undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsValue From(string? value) => value is null ? default : new(value, BitConverter.Int64BitsToDouble(StringMark));

    /// <summary>An object; null gives undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsValue From(JsObject? value) => value is null ? default : new(value, BitConverter.Int64BitsToDouble(ObjectMark));

    /// <summary>An object, or null for a null reference, as prototypes read (ES5.1 §15.2.3.2).</summary>
    internal static JsValue FromOrNull(JsObject? value) => value is null ? Null : From(value);

    internal static JsValue From(Runtime.Rope rope) => new(rope, BitConverter.Int64BitsToDouble(StringMark));

    /// <summary>A cell of an accessor property. Only slots hold it.</summary>
    internal static JsValue From(Runtime.Accessor accessor) => new(accessor, 0);

    /// <summary>A heap scope as the parent link of another scope. Only scopes hold it.</summary>
    internal static JsValue FromScope(JsValue[]? scope) => new(scope, 0);

    /// <summary>Strict identity of representation: the same number bits, the same reference, or equal strings.</summary>
    internal static bool SameReference(in JsValue a, in JsValue b) => ReferenceEquals(a.Reference, b.Reference);
}

/// <summary>
/// The tags that stand beside a number or for a value without a payload. They hold no references, so that the runtime may place them where the collector
/// never moves them: compiled code then knows their addresses, and stores them without telling the collector.
/// </summary>
internal sealed class ValueTag
{
    internal static readonly ValueTag Number = new(Kind.Number);
    internal static readonly ValueTag Null = new(Kind.Null);
    internal static readonly ValueTag True = new(Kind.True);
    internal static readonly ValueTag False = new(Kind.False);
    internal static readonly ValueTag Empty = new(Kind.Empty);

    private readonly Kind _kind;

    private ValueTag(Kind kind) => _kind = kind;

    private enum Kind : byte
    {
        Number,
        Null,
        True,
        False,
        Empty,
    }

    public override string ToString() => _kind.ToString();
}
