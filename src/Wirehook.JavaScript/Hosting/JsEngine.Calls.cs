using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    private const int InitialCalls = 64;
    private const int InitialStack = 1024;

    private int _callDepth;
    private JsScript? _currentScript;
    private bool _isRunning;

    /// <summary>The active script calls; <see cref="Frame.Record"/> points here.</summary>
    internal CallRecord[] Calls { get; private set; } = new CallRecord[InitialCalls];

    /// <summary>The values of all active calls: slots and arguments being gathered.</summary>
    internal JsValue[] Stack { get; private set; } = new JsValue[InitialStack];

    /// <summary>The first free place of <see cref="Stack"/>.</summary>
    internal int StackTop { get; set; }

    /// <summary>The script on whose account code runs or ran last; null after code that ended by an exception.</summary>
    public JsScript? CurrentScript => _currentScript;

    /// <summary>Calls a function of a script within the limits.</summary>
    /// <param name="owner">The script on whose account the call goes.</param>
    /// <param name="function">The function.</param>
    /// <param name="thisValue">The value of <c>this</c>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="JsException">The function throws, or the value is no function.</exception>
    /// <exception cref="JsStoppedException">A guard stopped the call; the engine is usable all the same.</exception>
    public JsValue Call(JsScript owner, JsValue function, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Call(owner, function.AsFunction ?? throw TypeError($"{Describe(function)} is not a function"), thisValue, arguments);

    /// <summary>Calls a function of a script within the limits.</summary>
    /// <param name="owner">The script on whose account the call goes.</param>
    /// <param name="function">The function.</param>
    /// <param name="thisValue">The value of <c>this</c>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="JsException">The function throws.</exception>
    /// <exception cref="JsStoppedException">A guard stopped the call; the engine is usable all the same.</exception>
    public JsValue Call(JsScript owner, JsFunction function, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_depth > 0)
            return CallNested(function, thisValue, arguments);
        BeginCall(owner);
        try
        {
            Account(0);
            return function.Call(thisValue, arguments);
        }
        finally
        {
            EndCall();
        }
    }

    /// <summary>Puts a value on the stack.</summary>
    /// <returns>Where the stack ended before; setting <see cref="StackTop"/> to it takes the value off.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Push(in JsValue value)
    {
        int top = StackTop;
        Slots.Store(ref Stack[top], value);
        StackTop = top + 1;
        return top;
    }

    /// <summary>Enters a script function: counts depth and work and opens its record.</summary>
    /// <returns>The index of the record.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int EnterScript(FunctionCode code)
    {
        EnterNative();
        int record = _callDepth++;
        if (record == Calls.Length)
            GrowCalls();
        ref var call = ref Calls[record];
        if (!ReferenceEquals(call.Code, code))
            call.Code = code;
        call.Position = code.Start;
        return record;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LeaveScript()
    {
        _callDepth--;
        _depth--;
    }

    /// <summary>Calls a function whose slots do not fit on what is left of the stack, on a stack of its own.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal JsValue CallOnNewStack(ScriptFunction function, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var (stack, top) = (Stack, StackTop);
        if (!function.Code.IsCompiled)
            function.Code.Compile();
        long size = Math.Max(stack.Length * 2L, ((long)arguments.Length + function.Code.FrameSize + function.Code.PendingSize) * 2);
        AccountArray(size);
        var larger = new JsValue[size];
        arguments.CopyTo(larger);
        _fullStacks.Push((stack, top));
        (Stack, StackTop) = (larger, arguments.Length);
        var result = function.Invoke(thisValue, 0, arguments.Length);
        _fullStacks.Pop();
        (Stack, StackTop) = (stack, top);
        return result;
    }

    /// <summary>What a script's catch clause sets right after an exception has left calls behind.</summary>
    internal EngineState SaveState() => new(Stack, StackTop, _depth, _callDepth, _fullStacks.Count);

    internal void RestoreState(in EngineState state)
    {
        (Stack, StackTop, _depth, _callDepth) = (state.Stack, state.StackTop, state.Depth, state.CallDepth);
        while (_fullStacks.Count > state.FullStacks)
            _fullStacks.Pop();
    }

    /// <summary>Does something as a call of its own, or as part of the call that is under way.</summary>
    private JsValue RunGuarded<T>(JsScript? owner, T argument, Func<JsEngine, T, JsValue> run)
    {
        if (_depth > 0)
            return run(this, argument);
        BeginCall(owner);
        try
        {
            Account(0);
            return run(this, argument);
        }
        finally
        {
            EndCall();
        }
    }

    // A call by a host function that a script has called belongs to the call that is under way.
    private JsValue CallNested(JsFunction callee, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var state = SaveState();
        try
        {
            return callee.Call(thisValue, arguments);
        }
        catch (JsException)
        {
            RestoreState(state);
            throw;
        }
    }

    private void BeginCall(JsScript? owner)
    {
        if (!ReferenceEquals(_currentScript, owner))
            _currentScript = owner;
        _isRunning = true;
        _maximumDepth = Limits.StackDepth;
        _fuel = FuelSlice;
        _callStart = -1;
        _safeStack = nint.MaxValue;
    }

    private void EndCall()
    {
        _isRunning = false;
        // An exception has left calls behind, and with them whatever they held.
        bool wasCutOff = _depth != 0;
        _depth = 0;
        _callDepth = 0;
        StackTop = 0;
        if (wasCutOff)
        {
            ForgetEndedCalls();
            _currentScript = null;
        }
        if (Stack.Length == InitialStack)
            return;
        Stack = new JsValue[InitialStack];
        _fullStacks.Clear();
    }

    /// <summary>Lets go of values and code of calls that have ended, so that the collector can take them.</summary>
    private void ForgetEndedCalls()
    {
        Array.Clear(Stack, StackTop, Stack.Length - StackTop);
        Array.Clear(Calls, _callDepth, Calls.Length - _callDepth);
    }

    private void GrowCalls()
    {
        var calls = Calls;
        Array.Resize(ref calls, calls.Length * 2);
        Calls = calls;
    }
}

/// <summary>How far calls had come at one moment.</summary>
internal readonly record struct EngineState(JsValue[] Stack, int StackTop, int Depth, int CallDepth, int FullStacks);
