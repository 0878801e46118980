using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

internal sealed partial class FunctionCompiler
{
    private Operation CompileAssignment(AssignmentExpression assignment)
    {
        switch (assignment.Target)
        {
            case Identifier id:
                return CompileNameAssignment(id, assignment);
            case MemberExpression or IndexExpression { Index: StringLiteral }:
                return CompileMemberAssignment(assignment);
            case IndexExpression index:
                return CompileIndexAssignment(index, assignment);
            default:
                var value = Compile(assignment.Value);
                return new TargetAssign(CompileTarget(assignment.Target, declares: false), value);
        }
    }

    private Operation CompileNameAssignment(Identifier id, AssignmentExpression assignment)
    {
        if (id.Reference.Kind == ReferenceKind.Dynamic)
        {
            var op = assignment.Operator is { } compound ? Unbound(compound, assignment.Start) : null;
            return new DynamicAssign(NameOf(id), op, Reserving(1, () => Compile(assignment.Value)), id.Start);
        }
        var value = Reserving(1, () => Compile(assignment.Value));
        if (assignment.Operator is { } binary)
            value = CreateBinary(binary, CompileRead(id), value, assignment.Start);
        return CompileNameAssignment(id, value, assignment.Operator is null);
    }

    private Operation CompileNameAssignment(Identifier id, Operation value, bool isPlain)
    {
        var reference = id.Reference;
        var target = CompileNameTarget(id, declares: false);
        return target switch
        {
            SlotTarget => new SlotAssign(reference.Slot, value),
            CellTarget => new CellAssign(_code.Cells[reference.Slot], value),
            EnvironmentTarget => new EnvironmentAssign(reference.Hops, EnvironmentLayout.FirstSlot + reference.Slot, value),
            GlobalTarget when _isStrict && isPlain => new StrictGlobalAssign(id.Name, value, target, id.Start),
            _ => new TargetAssign(target, value),
        };
    }

    private Operation CompileMemberAssignment(AssignmentExpression assignment)
    {
        if (Unwrapped(Compile(assignment.Target)) is not MemberRead read)
            return CompileIndexAssignment((IndexExpression)assignment.Target, assignment);
        if (assignment.Operator is { } op)
        {
            var operand = Reserving(2, () => Compile(assignment.Value));
            return new MemberUpdate(read, Unbound(op, assignment.Start), operand, _isStrict);
        }
        var value = Reserving(1, () => Compile(assignment.Value));
        return new MemberWrite(read.Target, read.Name, value, _isStrict, read.Position);
    }

    private Operation CompileIndexAssignment(IndexExpression index, AssignmentExpression assignment)
    {
        var target = Compile(index.Object);
        var key = Reserving(1, () => Compile(index.Index));
        var value = Reserving(3, () => Compile(assignment.Value));
        return assignment.Operator is { } op
            ? new IndexUpdate(target, key, Unbound(op, assignment.Start), value, _isStrict, index.Start)
            : new IndexWrite(target, key, value, _isStrict, index.Start);
    }

    /// <summary>An operator to be applied to values that are already there.</summary>
    private static BinaryOperation Unbound(BinaryOperator op, int position)
    {
        var nothing = new Constant(default);
        return CreateBinary(op, nothing, nothing, position);
    }

    private Operation CompileUpdate(UpdateExpression update)
    {
        double step = update.IsIncrement ? 1 : -1;
        switch (update.Target)
        {
            case Identifier id:
                return CompileNameUpdate(id, step, update);
            case MemberExpression or IndexExpression:
                return CompilePropertyUpdate(update, step);
            default:
                return new TargetAssign(CompileTarget(update.Target, declares: false), new Constant(default));
        }
    }

    private Operation CompileNameUpdate(Identifier id, double step, UpdateExpression update)
    {
        if (id.Reference.Kind == ReferenceKind.Dynamic)
            return new DynamicIncrement(NameOf(id), step, update.IsPrefix, id.Start);
        var target = CompileNameTarget(id, declares: false);
        return target switch
        {
            SlotTarget => new SlotIncrement(id.Reference.Slot, step, update.IsPrefix, id.Start),
            CellTarget => new CellIncrement(_code.Cells[id.Reference.Slot], step, update.IsPrefix, id.Start),
            _ => new TargetIncrement(CompileRead(id), target, step, update.IsPrefix, id.Start),
        };
    }

    private Operation CompilePropertyUpdate(UpdateExpression update, double step)
    {
        if (Unwrapped(Compile(update.Target)) is MemberRead read)
            return new MemberIncrement(read, step, update.IsPrefix, _isStrict);
        var index = (IndexExpression)update.Target;
        var target = Compile(index.Object);
        var key = Reserving(1, () => Compile(index.Index));
        return new PropertyIncrement(target, key, step, update.IsPrefix, _isStrict, index.Start);
    }
}
