using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A target with a default for undefined.</summary>
internal sealed class DefaultTarget(Target target, Operation defaultValue) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value) => AssignAt(ref frame, Locate(ref frame), value);

    internal override Place Locate(ref Frame frame) => target.Locate(ref frame);

    internal override void AssignAt(ref Frame frame, in Place place, in JsValue value)
    {
        var assigned = value.IsUndefined ? defaultValue.Evaluate(ref frame) : value;
        target.AssignAt(ref frame, place, assigned);
    }
}

/// <summary><c>[a, , b, ...rest]</c></summary>
internal sealed class ArrayPatternTarget(Target?[] elements, Target? rest, int position) : Target
{
    internal override void Assign(ref Frame frame, in JsValue value)
    {
        frame.Mark(position);
        var iterator = frame.Engine.Iterate(value);
        foreach (var element in elements)
        {
            var place = element?.Locate(ref frame) ?? default;
            iterator.MoveNext(out var next);
            element?.AssignAt(ref frame, place, next);
        }
        if (rest is null)
            return;
        var restPlace = rest.Locate(ref frame);
        var remaining = frame.Engine.NewArray(default);
        while (iterator.MoveNext(out var next))
        {
            frame.Engine.Tick();
            remaining.Add(next);
        }
        rest.AssignAt(ref frame, restPlace, JsValue.From(remaining));
    }
}

/// <summary>One property of an object pattern.</summary>
internal sealed record PatternPart(string? Name, Operation? Computed, Target Target);

/// <summary><c>{a, b: c, [k]: d, ...rest}</c></summary>
internal sealed class ObjectPatternTarget(PatternPart[] parts, Target? rest, int position) : Target
{
    private string FirstProperty => parts is [{ Name: { } name }, ..] ? $"property '{name}' of " : "";

    internal override void Assign(ref Frame frame, in JsValue value)
    {
        frame.Mark(position);
        if (value.IsNullOrUndefined)
            throw frame.Engine.TypeError($"Cannot destructure {FirstProperty}'{TypeConversion.ToText(value)}' as it is {TypeConversion.ToText(value)}.");
        HashSet<PropertyKey>? used = rest is null ? null : [];
        foreach (var part in parts)
        {
            var key = part.Name is not null ? new PropertyKey(part.Name) : TypeConversion.ToPropertyKey(part.Computed!.Evaluate(ref frame));
            used?.Add(key);
            var place = part.Target.Locate(ref frame);
            part.Target.AssignAt(ref frame, place, frame.Engine.GetProperty(value, key));
        }
        if (rest is null)
            return;
        var remaining = frame.Engine.NewObject();
        OwnProperties.Copy(TypeConversion.ToObject(frame.Engine, value), remaining, used!);
        rest.Assign(ref frame, JsValue.From(remaining));
    }
}
