using System.Globalization;

switch (args)
{
    case ["speed"]:
        SpeedTable.Print(SpeedCase.All, alone: false);
        return 0;
    case ["speed", "alone", .. var names]:
        SpeedTable.Print([.. SpeedCase.All.Where(c => names.Length == 0 || names.Contains(c.Name))], alone: true);
        return 0;
    case ["scripts"]:
        LoadTable.Print();
        Console.WriteLine();
        ScalingTable.Print();
        return 0;
    case ["guards"]:
        GuardTable.Print();
        return 0;
    case ["fuzz", var first, var batches]:
        return Fuzzing.RunInNode(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(batches, CultureInfo.InvariantCulture));
    case ["fuzz-es5", var first, var batches]:
        return Fuzzing.RunInJurassic(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(batches, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("""
            speed                      CPU time and bytes per hook call, beside Jurassic and, where Node exists, V8
            speed alone [CASE…]        the same without other engines, all cases or some
            scripts                    time to load a script, memory per script, cost of an event with 1 and with 20 scripts
            guards                     attacks on the guards: limit, time to stop, memory
            fuzz FIRST-SEED BATCHES    random programs, 5,000 per batch, compared with V8
            fuzz-es5 FIRST-SEED BATCHES    programs of ECMA-262 5.1, 500 per batch, compared with Jurassic
            """);
        return 2;
}
