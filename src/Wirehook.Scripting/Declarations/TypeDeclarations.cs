using System.Text;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Records;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Hooks;

namespace Wirehook.Scripting.Declarations;

/// <summary>Writes the TypeScript declaration file of everything that scripts get: hooks, helpers, <c>env</c> and every kind of item. Editors complete and check scripts with it.</summary>
public static class TypeDeclarations
{
    private const string Head = """
        // Types of Wirehook scripts: what hooks get, and the helpers that scripts may call. Written by `wirehook types`.
        // In a script:
        //   /// <reference path="./wirehook.d.ts" />
        //   // @ts-check
        //   /** @type {OnItemCaptured} */
        //   function onItemCaptured(data) { … }
        // To check scripts, leave out the browser's library: tsc --noEmit --allowJs --checkJs --lib es2015 SCRIPT


        """;

    /// <summary>The declarations of the protocols built in.</summary>
    public static string Generate() => Generate([.. ProtocolRegistry.BuiltIn.Modules.SelectMany(m => m.ItemTypes)]);

    /// <summary>The declarations with these kinds of items.</summary>
    internal static string Generate(IReadOnlyList<RecordType> itemTypes)
    {
        var output = new StringBuilder(Head);
        WriteHooks(output);
        WriteHelpers(output);
        if (itemTypes.Count > 0) foreach (var declaration in ItemDeclaration.Of(itemTypes)) WriteInterface(output, declaration);
        foreach (var declaration in ScriptHook.All.SelectMany(h => h.Choices)) WriteChoice(output, declaration);
        foreach (var declaration in ScriptHook.All.SelectMany(h => h.Interfaces)) WriteInterface(output, declaration);
        foreach (var type in Collect(itemTypes)) WriteInterface(output, InterfaceDeclaration.Of(type));
        return output.ToString();
    }

    /// <summary>The types and all that their fields name, each once, by name.</summary>
    private static SortedDictionary<string, RecordType>.ValueCollection Collect(IEnumerable<RecordType> types)
    {
        var known = new SortedDictionary<string, RecordType>(StringComparer.Ordinal);
        var open = new Stack<RecordType>(types);
        while (open.TryPop(out var type))
            if (known.TryAdd(type.Name, type))
                foreach (var reference in type.References) open.Push(reference);
        return known.Values;
    }

    private static void WriteHooks(StringBuilder output)
    {
        foreach (var hook in ScriptHook.All)
        {
            output.Append("/**\n * ").Append(Escape(hook.Description)).Append('\n');
            foreach (var parameter in hook.Parameters) output.Append(" * @param ").Append(parameter.Name).Append(' ').Append(Escape(parameter.Description)).Append('\n');
            var parameters = string.Join(", ", hook.Parameters.Select(p => $"{p.Name}: {p.TypeScript}"));
            output.Append(" */\ntype ").Append(char.ToUpperInvariant(hook.Name[0])).Append(hook.Name.AsSpan(1)).Append(" = (").Append(parameters).Append(") => void;\n\n");
        }
    }

    private static void WriteInterface(StringBuilder output, InterfaceDeclaration declaration)
    {
        output.Append("/** ").Append(Escape(declaration.Description)).Append(" */\ninterface ").Append(declaration.Name).Append(" {\n");
        foreach (var member in declaration.Members)
        {
            var name = IsIdentifier(member.Name) ? member.Name : $"\"{member.Name}\"";
            output.Append("  /** ").Append(Escape(member.Description)).Append(" */\n  ").Append(name).Append(member.Optional ? "?: " : ": ").Append(member.TypeScript).Append(";\n");
        }

        output.Append("}\n\n");
    }

    private static void WriteChoice(StringBuilder output, ChoiceDeclaration declaration)
    {
        output.Append("/** ").Append(Escape(declaration.Description)).Append(" */\ntype ").Append(declaration.Name).Append(" =");
        foreach (var choice in declaration.Choices) output.Append("\n  | \"").Append(choice).Append('"');
        output.Append(";\n\n");
    }

    private static void WriteHelpers(StringBuilder output)
    {
        var root = new HelperTree();
        foreach (var family in HelperFamily.All.Where(f => f.IsDocumented))
        {
            foreach (var value in family.Values) root.Add(value.Path, ": " + value.TypeScript, value.Description);
            foreach (var function in family.Functions) root.Add(function.Path, function.TypeScript, function.Description);
        }

        foreach (var (name, node) in root.Children)
        {
            if (node.Children.Count == 0) node.WriteGlobal(output, name);
            else
            {
                output.Append("declare const ").Append(name).Append(": {\n");
                node.WriteMembers(output, "  ");
                output.Append("};\n\n");
            }
        }
    }

    private static bool IsIdentifier(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') && !char.IsAsciiDigit(name[0]);

    private static string Escape(string text) => text.Replace("*/", "*\\/", StringComparison.Ordinal);

    /// <summary>Helpers by the objects that hold them.</summary>
    private sealed class HelperTree
    {
        private string _type = "";
        private string _description = "";

        internal SortedDictionary<string, HelperTree> Children { get; } = new(StringComparer.Ordinal);

        internal void Add(string path, string type, string description)
        {
            var node = this;
            foreach (var name in path.Split('.'))
            {
                if (!node.Children.TryGetValue(name, out var child)) node.Children[name] = child = new HelperTree();
                node = child;
            }

            (node._type, node._description) = (type, description);
        }

        internal void WriteGlobal(StringBuilder output, string name)
        {
            output.Append("/** ").Append(Escape(_description)).Append(" */\ndeclare ").Append(_type[0] == ':' ? "const " : "function ")
                .Append(name).Append(_type).Append(";\n\n");
        }

        internal void WriteMembers(StringBuilder output, string indent)
        {
            foreach (var (name, child) in Children)
            {
                if (child.Children.Count == 0)
                {
                    output.Append(indent).Append("/** ").Append(Escape(child._description)).Append(" */\n").Append(indent).Append(name).Append(child._type).Append(";\n");
                    continue;
                }

                output.Append(indent).Append(name).Append(": {\n");
                child.WriteMembers(output, indent + "  ");
                output.Append(indent).Append("};\n");
            }
        }
    }
}
