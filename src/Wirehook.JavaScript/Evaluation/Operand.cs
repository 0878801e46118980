using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>An operand of an operation. What most operands are, a slot, a script cell or a literal, is read on the spot and without a call.</summary>
internal readonly struct Operand
{
    private const int InCell = -1;
    private const int Computed = -2;

    // The cell or the operation; which one, or the slot, says _slot.
    private readonly object? _source;
    private readonly int _slot;

    internal Operand(Operation operation)
    {
        (_slot, _source) = operation switch
        {
            SlotRead read => (read.Index, null),
            CellRead read => (InCell, read.Cell),
            Constant constant => (InCell, new Cell { Value = constant.Value }),
            _ => (Computed, (object?)operation),
        };
    }

    /// <summary>The operation, where the operand is not simply read.</summary>
    internal Operation? Operation => _source as Operation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsValue Evaluate(ref Frame frame)
    {
        if (_slot >= 0)
            return frame.Slot(_slot);
        return _slot == Computed ? Unsafe.As<Operation>(_source!).Evaluate(ref frame) : Unsafe.As<Cell>(_source!).Value;
    }
}
