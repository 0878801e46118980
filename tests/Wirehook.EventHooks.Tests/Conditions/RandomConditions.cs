using System.Globalization;
using Wirehook.EventHooks.Conditions.Binding;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Random conditions over fields of every kind, and random events that lack some of them.</summary>
internal sealed class RandomConditions
{
    private static readonly string[] Texts = ["", "eth0", "eth1", "veth12", "it's", "a\\b", "x\ny"];
    private readonly Random _random;
    private readonly Dictionary<string, NetworkValue>[] _events;

    public RandomConditions(int seed, int events = 16)
    {
        _random = new(seed);
        _events = [.. Enumerable.Range(0, events).Select(_ => Values())];
        Vocabulary = new()
        {
            FindField = Find,
            FieldNames = ["n1", "n2", "b1", "f1", "f2", "t1", "t2", "l1", "a1"],
            Constants = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase) { ["ONE"] = 1, ["EIGHT"] = 8 },
            EventNames = new HashSet<string>(),
            MessageTypes = new HashSet<string>(),
        };
    }

    public ConditionVocabulary Vocabulary { get; }

    public IEnumerable<NetworkEvent> Events => Enumerable.Range(0, _events.Length).Select(i => SampleEvents.Plain(sequence: i));

    /// <summary>A clause or an expression as text, at most <paramref name="depth"/> levels deep.</summary>
    public string Expression(int depth) => depth == 0 || _random.Next(4) == 0
        ? Clause()
        : _random.Next(5) switch
        {
            0 => $"NOT ({Expression(depth - 1)})",
            1 => $"!{Clause()}",
            2 => $"(({Expression(depth - 1)}) || ({Expression(depth - 1)}))",
            3 => $"({Expression(depth - 1)}) OR ({Expression(depth - 1)}) OR ({Expression(depth - 1)})",
            _ => $"({Expression(depth - 1)}) AND ({Expression(depth - 1)})",
        };

    private string Clause() => _random.Next(14) switch
    {
        0 => $"n1 {Pick("==", "!=", "<", "<=", ">", ">=")} {_random.Next(-3, 4)}",
        1 => $"n2 in [{_random.Next(4)} {_random.Next(4)}]",
        2 => "n1 < n2",
        3 => $"b1 HAS {Pick("ONE", "8", "[ONE EIGHT]", "(ONE | EIGHT)")}",
        4 => $"b1 & {_random.Next(16)} {Pick("", "== 0", "!= ONE")}",
        5 => Pick("f1", "f2 == true", "f1 != true", "exists(n1)", "exists(t1)"),
        6 => $"t1 {Pick("==", "!=", "<", ">=", "CONTAINS", "STARTSWITH", "ENDSWITH")} {SyntaxWriter.Quote(Pick(Texts))}",
        7 => $"t1 {Pick("=~", "!~")} {SyntaxWriter.Quote(Pick("eth", "^v?eth[0-9]+$", "0$", "[[:alpha:]]2", ".*"))}",
        8 => $"t2 ~= {SyntaxWriter.Quote(Pick("*", "eth?", "v*1?", "[!e]*"))}",
        9 => $"l1 {Pick("==", "!=", "CONTAINS", "=~", "!~")} {SyntaxWriter.Quote(Pick("eth0", "x"))}",
        10 => $"a1 {Pick("==", "!=", "IN")} {Pick("10.0.0.1", "10.0.0.0/8", "fe80::/10", "::/0")}",
        11 => $"a1 not in [10.0.0.0/{_random.Next(33)}, fe80::1]",
        12 => "t1 == t2",
        _ => Pick("true", "false", "1 == 1"),
    };

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private EventField? Find(string name)
    {
        var kind = name.ToLowerInvariant() switch
        {
            "n1" or "n2" or "b1" => NetworkValueKind.Number,
            "f1" or "f2" => NetworkValueKind.Flag,
            "t1" or "t2" => NetworkValueKind.Text,
            "l1" => NetworkValueKind.List,
            "a1" => NetworkValueKind.Address,
            _ => NetworkValueKind.Absent,
        };
        return kind == NetworkValueKind.Absent
            ? null
            : new(name, kind, "", e => _events[e.Sequence].GetValueOrDefault(name)) { IsBitSet = name == "b1" };
    }

    private Dictionary<string, NetworkValue> Values()
    {
        var values = new Dictionary<string, NetworkValue>
        {
            ["n1"] = NetworkValue.From(_random.Next(-3, 4)),
            ["n2"] = NetworkValue.From(_random.Next(0, 4)),
            ["b1"] = NetworkValue.From(_random.Next(0, 16)),
            ["f1"] = NetworkValue.From(_random.Next(2) == 0),
            ["f2"] = NetworkValue.From(_random.Next(2) == 0),
            ["t1"] = NetworkValue.From(Pick(Texts)),
            ["t2"] = NetworkValue.From(Pick(Texts)),
            ["l1"] = NetworkValue.From(Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Texts)).ToArray()),
            ["a1"] = RandomAddress(),
        };
        foreach (var name in values.Keys.Where(_ => _random.Next(3) == 0).ToArray()) values.Remove(name);
        return values;
    }

    private NetworkValue RandomAddress() => _random.Next(3) switch
    {
        0 => NetworkValue.From(IpAddress.FromIPv4([10, 0, 0, (byte)_random.Next(3)]), _random.Next(33)),
        1 => NetworkValue.From((IpAddress?)IpAddress.FromIPv4([192, 168, 0, 1])),
        _ => NetworkValue.From(new IpAddress(0xfe80_0000_0000_0000, (ulong)_random.Next(2)), 64),
    };

    /// <summary>The structure of a tree, without the freedom that texts have.</summary>
    public static string Structure(SyntaxNode node) => node switch
    {
        LogicalSyntax l => $"({(l.IsAnd ? "and" : "or")} {string.Join(' ', l.Operands.Select(Structure))})",
        NotSyntax n => $"(not {Structure(n.Operand)})",
        ComparisonSyntax c => $"({c.Operator} {Structure(c.Left)} {Structure(c.Right)})",
        BitAndSyntax b => $"(& {Structure(b.Subject)} {Structure(b.Mask)})",
        BitOrSyntax b => $"(| {string.Join(' ', b.Items.Select(Structure))})",
        NameSyntax n => n.Name,
        NumberSyntax n => n.Value.ToString(CultureInfo.InvariantCulture),
        FlagSyntax f => f.Value.ToString(),
        TextSyntax t => $"<{t.Value}>",
        AddressSyntax a => $"{a.Address}/{a.PrefixLength}",
        ListSyntax l => $"[{string.Join(' ', l.Items.Select(Structure))}]",
        ExistsSyntax e => $"(exists {e.Field.Name})",
        WindowSyntax w => $"({(w.IsRate ? "rate" : "count")} {string.Join(' ', w.Selectors.Select(Structure))} by {w.By?.Name} within {w.Within})",
        _ => throw new InvalidOperationException(node.GetType().Name),
    };
}
