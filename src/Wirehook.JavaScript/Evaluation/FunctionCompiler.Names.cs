using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

internal sealed partial class FunctionCompiler
{
    private Operation CompileRead(Identifier id, bool forTypeOf = false)
    {
        var reference = id.Reference;
        int place = EnvironmentLayout.FirstSlot + reference.Slot;
        return reference.Kind switch
        {
            ReferenceKind.Frame when reference.CheckTdz => new CheckedSlotRead(reference.Slot, id.Name, id.Start),
            ReferenceKind.Frame => new SlotRead(reference.Slot),
            ReferenceKind.Heap when reference.CheckTdz => new CheckedEnvironmentRead(reference.Hops, place, id.Name, id.Start),
            ReferenceKind.Heap => new EnvironmentRead(reference.Hops, place),
            ReferenceKind.Cell when reference.CheckTdz => new CheckedCellRead(_code.Cells[reference.Slot], id.Name, id.Start),
            ReferenceKind.Cell => new CellRead(_code.Cells[reference.Slot]),
            ReferenceKind.Global when id.Name == "undefined" => new Constant(default),
            ReferenceKind.Global => new GlobalRead(_engine, id.Name, id.Start, forTypeOf),
            _ => new DynamicRead(NameOf(id), id.Start, forTypeOf),
        };
    }

    private DynamicName NameOf(Identifier id) => new(id.Name, _scope, _code.Cells);

    /// <summary>Where a binding lives, as seen from its own scope.</summary>
    private Target TargetOf(Binding binding) => binding.Storage switch
    {
        BindingStorage.Frame => new SlotTarget(binding.Slot),
        BindingStorage.Heap => new EnvironmentTarget(0, EnvironmentLayout.FirstSlot + binding.Slot),
        _ => new CellTarget(_code.Cells[binding.Slot]),
    };

    /// <summary>The place that a name or pattern is stored to.</summary>
    /// <param name="target">An identifier, a pattern, a member, an index, or a call.</param>
    /// <param name="declares">Whether this initialises the variable rather than assigning it.</param>
    private Target CompileTarget(Expression target, bool declares)
    {
        EnterNested();
        var compiled = CompileUncheckedTarget(target, declares);
        return _depth-- % StackCheck.Interval == 0 ? new StackCheckTarget(compiled) : compiled;
    }

    private Target CompileUncheckedTarget(Expression target, bool declares)
    {
        return target switch
        {
            Identifier id => CompileNameTarget(id, declares),
            ArrayPattern pattern => CompileArrayPattern(pattern, declares),
            ObjectPattern pattern => CompileObjectPattern(pattern, declares),
            MemberExpression member => new PropertyTarget(Compile(member.Object), new Constant(JsValue.From(member.Name)), _isStrict, member.NameStart),
            IndexExpression index => new PropertyTarget(Compile(index.Object), Compile(index.Index), _isStrict, index.Start),
            _ => new InvalidTarget(Compile(target), target.Start),
        };
    }

    private Target CompileNameTarget(Identifier id, bool declares)
    {
        var reference = id.Reference;
        if (reference.Kind == ReferenceKind.Global)
            return new GlobalTarget(_engine, id.Name, _isStrict, id.Start);
        if (reference.Kind == ReferenceKind.Dynamic && !(declares && reference.Binding is { Storage: not BindingStorage.Dynamic }))
            return new DynamicTarget(NameOf(id), id.Start);
        Target plain = reference.Kind switch
        {
            ReferenceKind.Frame => new SlotTarget(reference.Slot),
            ReferenceKind.Heap => new EnvironmentTarget(reference.Hops, EnvironmentLayout.FirstSlot + reference.Slot),
            ReferenceKind.Cell => new CellTarget(_code.Cells[reference.Slot]),
            _ => TargetOf(reference.Binding!),
        };
        if (declares)
            return plain;
        if (reference.IsReadOnly)
        {
            return reference.Binding!.Kind == BindingKind.Self && !_isStrict
                ? new IgnoredTarget()
                : new ConstantTarget(CompileRead(id), id.Start);
        }
        return reference.CheckTdz ? new CheckedTarget(CompileRead(id), plain) : plain;
    }

    private ArrayPatternTarget CompileArrayPattern(ArrayPattern pattern, bool declares)
    {
        var elements = Array.ConvertAll(pattern.Elements, e => e is null ? null : CompileElement(e, declares));
        var rest = pattern.Rest is null ? null : CompileTarget(pattern.Rest, declares);
        return new ArrayPatternTarget(elements, rest, pattern.Start);
    }

    private ObjectPatternTarget CompileObjectPattern(ObjectPattern pattern, bool declares)
    {
        var properties = Array.ConvertAll(pattern.Properties, p => new PatternPart(
            p.Name, p.Computed is null ? null : Compile(p.Computed), CompileElement(p.Element, declares)));
        var rest = pattern.Rest is null ? null : CompileTarget(pattern.Rest, declares);
        return new ObjectPatternTarget(properties, rest, pattern.Start);
    }

    private Target CompileElement(PatternElement element, bool declares)
    {
        var target = CompileTarget(element.Target, declares);
        return element.DefaultValue is null ? target : new DefaultTarget(target, Compile(element.DefaultValue));
    }
}
