using System.Buffers;
using System.Text;

namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>What is known about the place where a match can begin, so that the search skips the rest of the input in one sweep.</summary>
internal sealed class RegExpStart
{
    private const int MaxSearchable = 512;

    private RegExpStart(bool anchored, string prefix, CharSet? first)
    {
        Anchored = anchored;
        Prefix = prefix;
        First = first;
        if (first is { Count: <= MaxSearchable }) Values = SearchValues.Create(Members(first));
    }

    /// <summary>Whether every match begins at the start of the input.</summary>
    public bool Anchored { get; }

    /// <summary>A literal text that every match begins with, or the empty text.</summary>
    public string Prefix { get; }

    /// <summary>The code units that a match can begin with, or null when any can or none is needed.</summary>
    public CharSet? First { get; }

    /// <summary>The same in searchable form, where the set is small enough for one.</summary>
    public SearchValues<char>? Values { get; }

    /// <summary>Analyses a pattern.</summary>
    public static RegExpStart Of(RegExpNode root, RegExpFlags flags)
    {
        RegExpNode head = root is SequenceNode sequence ? sequence.Terms[0] : root;
        bool anchored = head is AssertionNode { Kind: AssertionKind.Start } && (flags & RegExpFlags.Multiline) == 0;
        string prefix = PrefixOf(root);
        if (anchored || prefix.Length > 0) return new RegExpStart(anchored, prefix, null);
        var first = new CharSetBuilder();
        return new RegExpStart(false, "", Collect(root, first) == Reach.Consumes ? first.Build() : null);
    }

    /// <summary>The first position from <paramref name="from"/> on where a match can begin, or -1.</summary>
    public int Find(string input, int from)
    {
        if (Prefix.Length > 0)
        {
            int found = input.AsSpan(from).IndexOf(Prefix.AsSpan());
            return found < 0 ? -1 : from + found;
        }
        if (Values != null)
        {
            int found = input.AsSpan(from).IndexOfAny(Values);
            return found < 0 ? -1 : from + found;
        }
        if (First == null) return from;
        while (from < input.Length && !First.Contains(input[from])) from++;
        return from < input.Length ? from : -1;
    }

    private static string PrefixOf(RegExpNode root)
    {
        if (root is CharNode single) return single.Value.ToString();
        if (root is not SequenceNode sequence) return "";
        var prefix = new StringBuilder();
        foreach (RegExpNode term in sequence.Terms)
        {
            if (term is not CharNode literal) break;
            prefix.Append(literal.Value);
        }
        return prefix.ToString();
    }

    /// <summary>Adds what the node can begin with, and says whether that is all that a match here can begin with.</summary>
    private static Reach Collect(RegExpNode node, CharSetBuilder first)
    {
        switch (node)
        {
            case CharNode literal:
                first.Add(literal.Value);
                return Reach.Consumes;
            case SetNode set:
                first.Add(set.Set);
                return Reach.Consumes;
            case CaptureNode capture:
                return Collect(capture.Body, first);
            case LoopNode loop:
                Reach body = loop.Max == 0 ? Reach.Passes : Collect(loop.Body, first);
                return loop.Min == 0 && body == Reach.Consumes ? Reach.Passes : body;
            case SequenceNode sequence:
                foreach (RegExpNode term in sequence.Terms)
                {
                    Reach reach = Collect(term, first);
                    if (reach != Reach.Passes) return reach;
                }
                return Reach.Passes;
            case AlternationNode alternation:
                return alternation.Alternatives.Max(alternative => Collect(alternative, first));
            case BackReferenceNode:
                return Reach.Unknown;
            default:
                return Reach.Passes;
        }
    }

    private static char[] Members(CharSet set)
    {
        var members = new char[set.Count];
        int at = 0;
        for (int i = 0; i < set.RangeCount; i++)
        {
            (char start, char end) = set.Range(i);
            for (int c = start; c <= end; c++) members[at++] = (char)c;
        }
        return members;
    }

    /// <summary>Ordered so that the greatest of several alternatives is the one that decides.</summary>
    private enum Reach
    {
        /// <summary>Always consumes one of the collected code units first.</summary>
        Consumes,

        /// <summary>May consume nothing, so that what follows decides.</summary>
        Passes,

        /// <summary>May consume anything.</summary>
        Unknown,
    }
}
