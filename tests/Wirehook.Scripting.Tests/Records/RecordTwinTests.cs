using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Tests;
using Wirehook.JavaScript;
using Wirehook.Scripting.Records;
using Wirehook.Scripting.Time;
using Wirehook.Tests;

namespace Wirehook.Scripting.Tests.Records;

/// <summary>The items of every capture that the tests have behave, whatever a script does with them, as objects parsed from their JSON.</summary>
public class RecordTwinTests
{
    private const int MostItems = 6;
    private const int Rounds = 4;

    // Walks to some object below the item and does something with it; everything that can be seen is written down.
    private const string Script = """
        var state, out;
        function random(n) { state = (Math.imul(state, 1664525) + 1013904223) | 0; return (state >>> 8) % n; }
        function log(v) { out.push(typeof v + ' ' + (v !== null && typeof v === 'object' ? JSON.stringify(v) : String(v))); }
        function walk(o) {
          for (var depth = random(4); depth > 0; depth--) {
            var inner = Object.keys(o).filter(k => o[k] !== null && typeof o[k] === 'object');
            if (inner.length === 0) break;
            o = o[inner[random(inner.length)]];
          }
          return o;
        }
        var operations = [
          (o, k) => log(o[k]), (o, k) => log(k in o), (o, k) => log(o.hasOwnProperty(k)), (o, k) => log(o.propertyIsEnumerable(k)),
          (o, k) => { o[k] = 'new'; }, (o, k) => { o.extra = o[k]; }, (o, k) => log(delete o[k]), (o, k) => log(o[k] === o[k]), (o, k) => log(o.missing),
          (o, k) => log(Object.keys(o)), (o, k) => log(Object.getOwnPropertyNames(o)), (o, k) => { for (var name in o) log(name); },
          (o, k) => log(JSON.stringify(o, null, 1)), (o, k) => log(JSON.stringify(o, [k])), (o, k) => log(Object.entries(o)), (o, k) => log({...o}),
          (o, k) => { var {[k]: taken, ...rest} = o; log(taken); log(rest); }, (o, k) => log(Object.assign({first: 1}, o)),
          (o, k) => log(JSON.stringify(Object.getOwnPropertyDescriptor(o, k))), (o, k) => log(Object.prototype.toString.call(o)),
          (o, k) => log(Object.getPrototypeOf(o) === (Array.isArray(o) ? Array.prototype : Object.prototype)), (o, k) => log(String(o)),
          (o, k) => { if (Array.isArray(o)) { log(o.length); log(o.push(1)); o.reverse(); } }, (o, k) => { if (Array.isArray(o)) log(o.splice(0, 1)); },
          (o, k) => { Object.defineProperty(o, k, {enumerable: false}); }, (o, k) => { Object.defineProperty(o, 'got', {get: () => 5, enumerable: true, configurable: true}); },
          (o, k) => { o[k] += 1; }, (o, k) => { o[k]++; }, (o, k) => log(Object.values(o).map(v => typeof v)), (o, k) => log(JSON.stringify(o, (name, v) => typeof v === 'number' ? -v : v)),
          (o, k) => { if (random(9) === 0) Object.freeze(o); log(Object.isFrozen(o)); }, (o, k) => { if (random(9) === 0) Object.preventExtensions(o); log(Object.isExtensible(o)); },
        ];
        function act(o, seed) {
          state = seed;
          out = [];
          for (var i = 0; i < 25; i++) {
            var inner = walk(o), keys = Object.keys(inner), key = keys.length ? keys[random(keys.length)] : 'none', operation = operations[random(operations.length)];
            try { operation(inner, key); } catch (e) { out.push('throws ' + e); }
          }
          log(JSON.stringify(o));
          return out.join('\n');
        }
        function actOnText(text, seed) { return act(JSON.parse(text), seed); }
        """;

    public static TheoryData<string> Captures()
    {
        string[] folders = [Path.Combine("samples", "captures"), Path.Combine("tests", "Wirehook.Dissection.Tests", "Protocols")];
        var files = folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, f), "*.pcap", SearchOption.AllDirectories));
        return [.. files.Select(f => Path.GetRelativePath(RepositoryFiles.Root, f)).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Items_do_what_their_JSON_twins_do(string capture)
    {
        var engine = new JsEngine(new ScriptWorld(new ScriptClock(null), TimeZoneInfo.Utc, 1));
        var script = engine.Compile("twins.js", Script);
        engine.Run(script);
        var (act, actOnText) = (Function(script, "act"), Function(script, "actOnText"));
        var views = new RecordViews(engine);
        var items = CaptureReplay.Read(Path.Combine(RepositoryFiles.Root, capture)).Items;
        Assert.NotEmpty(items);
        var text = new StringBuilder();
        for (var i = 0; i < items.Count; i += Math.Max(1, items.Count / MostItems))
        {
            ItemJson.Write(items[i], text.Clear());
            for (var round = 0; round < Rounds; round++)
            {
                var seed = JsValue.From((i * Rounds) + round);
                var expected = engine.Call(script, actOnText, default, [JsValue.From(text.ToString()), seed]).AsString;
                var actual = engine.Call(script, act, default, [JsValue.From(views.Show(items[i])), seed]).AsString;
                Assert.Equal(expected, actual);
            }
        }
    }

    private static JsFunction Function(JsScript script, string name)
    {
        Assert.True(script.TryGetTopLevel(name, out var function));
        return function.AsFunction!;
    }
}
