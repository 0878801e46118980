using System.Diagnostics;
using System.Globalization;
using Wirehook.JavaScript;

if (args is ["guards"])
{
    GuardTable.Print();
    return 0;
}

if (args is ["fuzz", var first, var batches])
    return Fuzzing.Run(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(batches, CultureInfo.InvariantCulture));

const string Hooks = """
    var packetCount = 0;
    var totalKB = 0;
    function packet(info) {
      packetCount++;
      totalKB += info.length / 1000;
    }
    var counts = {};
    var totalElapsed = 0;
    var errors = 0;
    function item5(data) {
      if (data.protocol.name !== "http") return;
      var key = data.dst.name + data.request.path;
      counts[key] = (counts[key] || 0) + 1;
      totalElapsed += data.elapsedTime;
      if (data.response.status >= 500) errors++;
    }
    var total = 0;
    function stringify(data) {
      total += JSON.stringify(data).length;
    }
    function empty() {}
    function localLoop(n) {
      var s = 0;
      for (var i = 0; i < n; i++) s = s + (i & 255);
      return s;
    }
    var g = 0;
    function cellLoop(n) {
      for (var i = 0; i < n; i++) g = g + (i & 255);
      return g;
    }
    function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
    function objects(n) {
      var p = {x: 1, y: 2, next: null};
      for (var i = 0; i < n; i++) p = {x: p.x + 1, y: i, next: null};
      return p.x;
    }
    function strings(n) {
      var s = '';
      for (var i = 0; i < n; i++) s += 'ab';
      return s.length;
    }
    function arrays(n) {
      var a = [];
      for (var i = 0; i < n; i++) a.push(i);
      var s = 0;
      for (var j = 0; j < n; j++) s += a[j];
      return s;
    }
    """;

var engine = new JsEngine(new BenchHost(), new JsLimits { CallNanoseconds = long.MaxValue });
var script = engine.Compile("bench.js", Hooks);
engine.Run(script);
var packetRecord = new PacketRecord(engine) { Length = 512 };
var argument = new JsValue[1];

Console.WriteLine($"{"case",-12}{"ns/op",10}{"bytes/op",10}");
Measure("empty", 3_000_000, n => CallMany("empty", n, _ => default));
Measure("packet", 3_000_000, n => CallMany("packet", n, _ => JsValue.From(packetRecord)));
var items = new HostRecord[1000];
Measure("item build", 200_000, n => { for (int i = 0; i < n; i++) items[i % 1000] = Items.Create(engine, i); });
Measure("item5", 1_000_000, n => CallMany("item5", n, i => JsValue.From(items[i % 1000])));
Measure("item5 fresh", 300_000, n => CallMany("item5", n, i => JsValue.From(Items.Create(engine, i))));
if (engine.Global.HasProperty("JSON"))
    Measure("stringify", 50_000, n => CallMany("stringify", n, i => JsValue.From(items[i % 1000])));
Measure("local loop", 5_000_000, n => CallOnce("localLoop", n));
Measure("cell loop", 5_000_000, n => CallOnce("cellLoop", n));
Measure("fib call", 21_891 * 100, _ => CallOnce("fib", 20));
Measure("objects", 2_000_000, n => CallOnce("objects", n));
Measure("strings", 2_000_000, n => CallOnce("strings", n));
Measure("arrays", 2_000_000, n => CallOnce("arrays", n));
return 0;

void CallMany(string name, int count, Func<int, JsValue> create)
{
    script.TryGetTopLevel(name, out var function);
    for (int i = 0; i < count; i++)
    {
        argument[0] = create(i);
        engine.Call(script, function, default, argument);
    }
}

void CallOnce(string name, int n)
{
    script.TryGetTopLevel(name, out var function);
    argument[0] = JsValue.From(n);
    engine.Call(script, function, default, argument);
}

// The machine may be shared: many short rounds, of which the least disturbed one counts.
static void Measure(string name, int count, Action<int> run)
{
    const int Rounds = 100;
    double best = double.MaxValue;
    long bytes = 0;
    int part = count / Rounds;
    run(count / 4);
    for (int round = 0; round < Rounds; round++)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        run(part);
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / part;
        bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / part;
        best = Math.Min(best, ns);
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12}{best,10:F1}{bytes,10}"));
}
