using Jurassic;
using Jurassic.Library;

/// <summary>Jurassic, which compiles to the runtime's own code. Its arguments are plain objects that were made before.</summary>
internal sealed class JurassicSpeed : SpeedEngine
{
    private readonly ScriptEngine _engine = new();
    private readonly object[] _items;
    private readonly object _packet;

    internal JurassicSpeed(string hooks, IReadOnlyList<string> items)
        : base("Jurassic")
    {
        _engine.Execute(hooks);
        _items = [.. items.Select(Parse)];
        _packet = Parse("""{"captureLength": 512, "length": 512, "timestamp": "1970-01-01T00:00:00Z", "truncated": false}""");
    }

    internal override Sample Run(SpeedCase speedCase, int calls)
    {
        var function = _engine.GetGlobalValue<FunctionInstance>(speedCase.Function);
        object[] fixedArgument = [speedCase.Argument == SpeedArgument.Packet ? _packet : speedCase.Number];
        return Measure(() =>
        {
            var arguments = fixedArgument;
            for (int i = 0; i < calls; i++)
            {
                if (speedCase.Argument == SpeedArgument.Item)
                    arguments = [_items[i % _items.Length]];
                function.Call(Undefined.Value, arguments);
            }
        });
    }

    private object Parse(string json) => JSONObject.Parse(_engine, json);
}
