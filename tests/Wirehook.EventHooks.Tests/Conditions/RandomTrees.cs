using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Random syntax trees of every shape that texts can have.</summary>
internal sealed class RandomTrees(int seed)
{
    private static readonly ComparisonOperator[] Operators = Enum.GetValues<ComparisonOperator>();
    private readonly Random _random = new(seed);

    public ConditionSyntax Condition() => new(Expression(5), _random.Next(3) == 0 ? Time() : null);

    private SyntaxNode Expression(int depth) => (depth == 0 ? 3 : _random.Next(7)) switch
    {
        0 or 1 => new LogicalSyntax(_random.Next(2) == 0, Many(2, 4, () => Expression(depth - 1)), default),
        2 => new NotSyntax(Expression(depth - 1), default),
        3 => new ComparisonSyntax(Operators[_random.Next(Operators.Length)], Operand(depth), Operand(depth), default),
        4 => new ExistsSyntax(Name(), default),
        5 => Window(depth),
        _ => Operand(depth),
    };

    private SyntaxNode Operand(int depth) => _random.Next(depth == 0 ? 8 : 10) switch
    {
        0 => new NumberSyntax(_random.NextInt64(long.MinValue + 1, long.MaxValue) >> _random.Next(64), default),
        1 => new TextSyntax(Text(), default),
        2 => new AddressSyntax(IpAddress.FromIPv4([10, (byte)_random.Next(256), 0, 1]), _random.Next(-1, 33), default),
        3 => new AddressSyntax(new(0xfe80_0000_0000_0000, (ulong)_random.NextInt64()), _random.Next(-1, 129), default),
        4 => new ListSyntax(Many(0, 4, Item), default),
        5 => new FlagSyntax(_random.Next(2) == 0, default),
        6 => new BitOrSyntax(Many(2, 4, Constant)),
        8 => new BitAndSyntax(Operand(0), Operand(0)),
        9 => Expression(depth - 1),
        _ => Name(),
    };

    private SyntaxNode Item() => _random.Next(3) switch { 0 => new TextSyntax(Text(), default), 1 => Constant(), _ => new AddressSyntax(new(0x2001_0db8_0000_0000, 1), 64, default) };

    private SyntaxNode Constant() => _random.Next(2) == 0 ? Name() : new NumberSyntax(_random.Next(-5, 5), default);

    private WindowSyntax Window(int depth) =>
        new(_random.Next(2) == 0, Many(1, 2, () => Expression(depth - 1)), _random.Next(2) == 0 ? Name() : null, _random.Next(2) == 0 ? Time() : null, default);

    private NameSyntax Name() => new(new[] { "mtu", "link.mtu", "_x", "RTM_NEWLINK", "netlink.data.ct.mark", "counts", "forty" }[_random.Next(7)], default);

    private string Text() => string.Concat(Many(0, 6, () => "a'\"\\\n\tn\\d é{$"[_random.Next(13)]));

    private long Time() => _random.Next(1, 86_400_000) * 1_000_000L;

    private T[] Many<T>(int least, int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => make())];
}
