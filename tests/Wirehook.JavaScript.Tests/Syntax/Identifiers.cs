using System.Collections;
using System.Reflection;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Tests.Syntax;

/// <summary>Finds every identifier node of a tree, whatever nodes hold it.</summary>
internal static class Identifiers
{
    public static IEnumerable<Identifier> Of(Node node)
    {
        if (node is Identifier id) yield return id;
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.Name is "VarCopy") continue;
            object? value = property.GetValue(node);
            if (value is Node child)
            {
                foreach (var inner in Of(child)) yield return inner;
            }
            else if (value is IEnumerable list and not string)
            {
                foreach (object? item in list)
                    if (item is Node element)
                        foreach (var inner in Of(element)) yield return inner;
            }
        }
    }
}
