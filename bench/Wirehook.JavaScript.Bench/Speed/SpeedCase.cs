/// <summary>What a call of a case gets.</summary>
internal enum SpeedArgument
{
    Packet,
    Item,
    Number,
}

/// <summary>One function of <c>hooks.js</c> and how it is called.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Function">The function.</param>
/// <param name="Argument">What it gets.</param>
/// <param name="Number">The number that it gets, if any.</param>
/// <param name="Units">What is counted in one call: turns of a loop, calls of fib.</param>
/// <param name="Goal">Nanoseconds per unit that are aimed at; 0 for none.</param>
internal sealed record SpeedCase(string Name, string Function, SpeedArgument Argument, int Number = 0, int Units = 1, double Goal = 0)
{
    private const int Turns = 2000;

    internal static IReadOnlyList<SpeedCase> All { get; } =
    [
        new("empty hook", "empty", SpeedArgument.Packet),
        new("packet", "packet", SpeedArgument.Packet, Goal: 40),
        new("item5", "item5", SpeedArgument.Item, Goal: 350),
        new("stringify", "stringify", SpeedArgument.Item, Goal: 3000),
        new("local loop", "localLoop", SpeedArgument.Number, Turns, Turns, Goal: 20),
        new("top-level loop", "topLevelLoop", SpeedArgument.Number, Turns, Turns),
        new("fib call", "fib", SpeedArgument.Number, 15, 1973, Goal: 40),
        new("objects", "objects", SpeedArgument.Number, Turns, Turns),
        new("strings", "strings", SpeedArgument.Number, Turns, Turns),
        new("arrays", "arrays", SpeedArgument.Number, Turns, Turns),
        new("closures", "closures", SpeedArgument.Number, Turns, Turns),
        new("RegExp test", "regExp", SpeedArgument.Number, Turns, Turns),
    ];
}
