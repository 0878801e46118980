namespace Wirehook.JavaScript.Syntax;

/// <summary>The names that a binding target declares (ECMA-262 6 BoundNames).</summary>
internal static class BoundNames
{
    /// <summary>Calls <paramref name="visit"/> for each name, and <paramref name="other"/> for targets that are no names, in source order.</summary>
    public static void Visit(Expression target, Action<Identifier> visit, Action<Expression>? other = null)
    {
        switch (target)
        {
            case Identifier id:
                visit(id);
                break;
            case ArrayPattern array:
                foreach (var element in array.Elements)
                    if (element is not null) Visit(element.Target, visit, other);
                if (array.Rest is not null) Visit(array.Rest, visit, other);
                break;
            case ObjectPattern obj:
                foreach (var property in obj.Properties) Visit(property.Element.Target, visit, other);
                if (obj.Rest is not null) Visit(obj.Rest, visit, other);
                break;
            default:
                other?.Invoke(target);
                break;
        }
    }
}
