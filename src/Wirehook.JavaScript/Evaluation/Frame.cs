using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>One running call. Lives on the thread's stack; its slots lie on the engine's value stack.</summary>
internal ref struct Frame
{
    /// <summary>Slot 0. Slots are never out of range: the scope analysis counts them.</summary>
    internal ref JsValue Slots;

    internal JsEngine Engine;

    /// <summary>The innermost environment, or null outside of any.</summary>
    internal JsValue[]? Environment;

    internal JsValue This;

    /// <summary>The value of a return statement, or the completion value of script and eval code.</summary>
    internal JsValue Result;

    /// <summary>All arguments, where the function uses <c>arguments</c> or a rest parameter.</summary>
    internal JsValue[]? Arguments;

    internal ScriptFunction? Callee;

    /// <summary>The label that a break or continue is on its way to; null for the innermost loop or switch.</summary>
    internal string? Label;

    /// <summary>The index of this call's record, which knows the current position.</summary>
    internal int Record;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly ref JsValue Slot(int index) => ref Unsafe.Add(ref Slots, index);

    /// <summary>Notes where in the source the call is, for error positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Mark(int position) => Engine.Calls[Record].Position = position;

    /// <summary>The environment a number of steps out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly JsValue[] EnvironmentAt(int hops)
    {
        var environment = Environment!;
        for (; hops > 0; hops--)
            environment = Unsafe.As<JsValue[]>(environment[0].Reference!);
        return environment;
    }
}

/// <summary>How a statement ended (ES5.1 §8.9). Throwing is a .NET exception.</summary>
internal enum Completion
{
    Normal,
    Break,
    Continue,
    Return,
}

/// <summary>Writing values into slots.</summary>
internal static class Slots
{
    /// <summary>Stores a value; a number over a number writes no reference, which spares the garbage collector's write barrier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(ref JsValue slot, in JsValue value)
    {
        if (ReferenceEquals(slot.Reference, value.Reference))
            Unsafe.AsRef(in slot.Number) = value.Number;
        else
            slot = value;
    }
}
