using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    /// <summary>Steps between two looks at the clock.</summary>
    private const int FuelSlice = 20_000;

    private const long FirstMemoryCheck = 8 << 20;
    private const int MaximumShapes = 16_384;

    /// <summary>The longest string, as in V8.</summary>
    internal const int MaximumStringLength = 536_870_888;

    /// <summary>How far below a stack address that was found safe the next question is due; less than what the runtime guarantees to be left.</summary>
    private const long SafeStackBytes = 48 << 10;

    private int _fuel = FuelSlice;
    private int _depth;
    private int _maximumDepth = int.MaxValue;
    private long _callStart = -1;
    private long _allocated;
    private long _allocationCheckpoint = long.MaxValue;
    private nint _safeStack;
    private int _shapeCount;

    /// <summary>Changes whenever an object that is somebody's prototype changes its structure; caches compare it.</summary>
    internal int PrototypeEpoch { get; private set; }

    /// <summary>Whether some prototype has index properties, so that holes of arrays must be looked up.</summary>
    internal bool PrototypesHaveIndices { get; private set; }

    /// <summary>Nested calls at this moment.</summary>
    internal int Depth => _depth;

    /// <summary>Counts work of built-ins that may run long; one step is about as long as one turn of a loop.</summary>
    /// <exception cref="JsStoppedException">The call's CPU time is used up.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Tick(int steps = 1)
    {
        if ((_fuel -= steps) < 0)
            CheckTime(JsGuardKind.Time);
    }

    /// <summary>Counts a turn of a loop; the place of the loop is where a guard says it stopped the script.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void TickLoop(int record, int position)
    {
        if (--_fuel >= 0)
            return;
        Calls[record].Position = position;
        CheckTime(JsGuardKind.Time);
    }

    /// <summary>As <see cref="Tick"/>, for steps of a regular expression.</summary>
    internal void TickRegExp(int steps)
    {
        if ((_fuel -= steps) < 0)
            CheckTime(JsGuardKind.RegularExpression);
    }

    /// <summary>Accounts bytes about to be allocated.</summary>
    /// <exception cref="JsStoppedException">The script would hold more than it may.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Account(long bytes)
    {
        if ((_allocated += bytes) > _allocationCheckpoint)
            CheckMemory(bytes);
    }

    /// <summary>Accounts an array of that many values.</summary>
    internal void AccountArray(long length) => Account(24 + length * JsObject.SlotBytes);

    /// <summary>Accounts a string of that many UTF-16 units; call it before making the string.</summary>
    /// <exception cref="JsException">A RangeError when no string can be so long.</exception>
    internal void AccountString(long length)
    {
        if (length > MaximumStringLength)
            throw RangeError("Invalid string length");
        Account(24 + length * 2);
    }

    /// <summary>Makes sure that a text of that length may exist, before it takes up its memory.</summary>
    internal void CheckStringLength(long length)
    {
        if (length > MaximumStringLength)
            throw RangeError("Invalid string length");
        if (length * 2 > Limits.MemoryBytes)
            throw Stopped(JsGuardKind.Memory, $"A string of {length:N0} characters is over the limit of {Limits.MemoryBytes:N0} bytes");
    }

    /// <summary>Enters a native call: counts depth and work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void EnterNative()
    {
        if (++_depth > _maximumDepth || StackAddress() < _safeStack)
            CheckStack();
        Tick();
    }

    /// <summary>Leaves a native call. Calls that end by an exception are set right where it is caught.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LeaveNative() => _depth--;

    internal void NotePrototypeChange(bool indexed)
    {
        PrototypeEpoch++;
        PrototypesHaveIndices |= indexed && AnyPrototypeHasIndices();
    }

    /// <summary>Counts a new shared shape; false when there are so many that objects should keep tables of their own.</summary>
    internal bool TryCountShape()
    {
        if (_shapeCount >= MaximumShapes)
            return false;
        _shapeCount++;
        return true;
    }

    private bool AnyPrototypeHasIndices() => Intrinsics is not { ArrayPrototype: { } array, ObjectPrototype: { } ordinary }
        ? false
        : ordinary.Shape.Table?.HasIndices == true || array.Length > 0 || !ReferenceEquals(array.Prototype, ordinary) || ordinary.Prototype is not null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe nint StackAddress()
    {
        byte here;
        return (nint)(&here);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckStack()
    {
        if (_depth > _maximumDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Stopped(JsGuardKind.StackDepth, $"Maximum call stack size exceeded ({_depth} nested calls)");
        _safeStack = StackAddress() - (nint)SafeStackBytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckTime(JsGuardKind kind)
    {
        _fuel = FuelSlice;
        if (!_isRunning)
            return;
        long now = Host.CpuNanoseconds;
        if (_callStart < 0)
            _callStart = now;
        else if (now - _callStart > Limits.CallNanoseconds)
            throw Stopped(kind, $"Stopped after {(now - _callStart) / 1_000_000} ms of CPU time (limit {Limits.CallNanoseconds / 1_000_000} ms)");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckMemory(long request)
    {
        // What the host makes between calls is judged when a script runs next.
        if (!_isRunning)
            return;
        long limit = Limits.MemoryBytes;
        if (request > limit)
        {
            _allocated -= request;
            throw Stopped(JsGuardKind.Memory, $"An allocation of {request:N0} bytes is over the limit of {limit:N0}");
        }
        ForgetEndedCalls();
        long live = MeasureLive();
        if (live + request > limit)
        {
            // A little room is left, so that the script's next call can let go of what it holds.
            _allocated -= request;
            _allocationCheckpoint = _allocated + (limit / 32);
            throw Stopped(JsGuardKind.Memory, $"The script holds {live:N0} bytes of memory (limit {limit:N0})");
        }
        // Measuring costs time in proportion to what lives, so about as much may be allocated before the next time.
        long step = Math.Min(limit - live, Math.Max(limit / 4, live));
        _allocationCheckpoint = _allocated + Math.Max(Math.Min(FirstMemoryCheck, limit / 8), step);
    }
}
