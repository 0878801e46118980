using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Dissection.Secrets;
using Wirehook.Dissection.Tests.Harness;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>Keys that are missing, wrong, or come late: between packets, after all of them, after the connection, one by one, never.</summary>
public class TlsKeyTests : IItemSink
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Tls", "captures");
    private readonly List<Item> _items = [];
    private readonly LossLedger _ledger = new();

    public static TheoryData<string> Captures { get; } = ["curl-tls13", "curl-tls12", "curl-http2", "openssl-turns", "node-tls12", "dotnet-tls13"];

    void IItemSink.OnItem(Item item) => _items.Add(item);

    [Theory]
    [MemberData(nameof(Captures))]
    public void Keys_that_come_after_all_packets_give_every_item(string name)
    {
        var (keys, engine) = Play(name, new KeyLog { MoreMayCome = true }, options: new DissectionOptions { KeyWait = 3_600_000_000_000 });
        Assert.Empty(_items);
        Assert.True(engine.Shared<TlsKeyWaits>().Count > 0);
        Read(keys, File.ReadAllBytes(KeyFile(name)));
        engine.AdvanceTo(engine.Memory.Now);
        Assert.Equal(Expected(name), Essences());
        Assert.Equal((0, 0), (engine.Memory.Bytes, engine.Shared<TlsKeyWaits>().Count));
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Keys_that_come_line_by_line_between_packets_give_every_item(string name)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            _items.Clear();
            var random = new Random(seed);
            var (lines, next, keys) = (File.ReadAllLines(KeyFile(name)), 0, new KeyLog { MoreMayCome = true });
            var (_, engine) = Play(name, keys, () =>
            {
                for (var more = random.Next(3); more > 0 && next < lines.Length; more--) Read(keys, System.Text.Encoding.ASCII.GetBytes(lines[next++] + "\n"));
            });
            while (next < lines.Length) Read(keys, System.Text.Encoding.ASCII.GetBytes(lines[next++] + "\n"));
            engine.Finish();
            Assert.Equal(Expected(name).Order(StringComparer.Ordinal), Essences().Order(StringComparer.Ordinal));
            Assert.Equal(0, engine.Memory.Bytes);
        }
    }

    [Fact]
    public void Keys_that_never_come_are_given_up_and_said_so()
    {
        var (_, engine) = Play("curl-tls13", new KeyLog { MoreMayCome = true });
        engine.AdvanceTo(new Timestamp(engine.Memory.Now.UnixNanoseconds + 9_000_000_000));
        Assert.Empty(_items);
        engine.AdvanceTo(new Timestamp(engine.Memory.Now.UnixNanoseconds + 2_000_000_000));
        Assert.Equal("no-key The secrets of this connection did not come in time.", Outcome(_items.Single()));
        Assert.Equal((0, 1), (engine.Memory.Bytes, Loss("tls-no-key")));
    }

    [Fact]
    public void A_capture_that_ends_waits_no_longer()
    {
        var (_, engine) = Play("curl-tls12", new KeyLog { MoreMayCome = true });
        engine.Finish();
        Assert.Equal("no-key The secrets of this connection did not come in time.", Outcome(_items.Single()));
        Assert.Equal(0, engine.Memory.Bytes);
    }

    [Fact]
    public void Where_no_more_keys_come_nothing_waits()
    {
        var keys = new KeyLog();
        Read(keys, File.ReadAllBytes(KeyFile("curl-tls12")));
        var (_, engine) = Play("curl-tls13", keys);
        Assert.Equal("no-key The key log holds no secrets of this connection.", Outcome(_items.Single()));
        Assert.Equal(0, engine.Shared<TlsKeyWaits>().Count);
    }

    [Theory]
    [InlineData("curl-tls13")]
    [InlineData("curl-tls12")]
    public void Wrong_keys_open_nothing_and_are_said_so(string name)
    {
        var keys = new KeyLog();
        foreach (var line in File.ReadAllLines(KeyFile(name))) Read(keys, System.Text.Encoding.ASCII.GetBytes(line[..^2] + (line.EndsWith("00", StringComparison.Ordinal) ? "01" : "00") + "\n"));
        Play(name, keys);
        Assert.Equal("wrong-key The secrets in the key log do not open this connection's records.", Outcome(_items.Single()));
        Assert.Equal(1, Loss("tls-unreadable"));
    }

    [Fact]
    public void A_log_that_lacks_one_secret_gives_what_the_others_open()
    {
        var keys = new KeyLog();
        foreach (var line in File.ReadAllLines(KeyFile("curl-tls13")).Where(l => !l.StartsWith("SERVER_TRAFFIC", StringComparison.Ordinal))) Read(keys, System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        Play("curl-tls13", keys);
        Assert.Equal(1, Loss("tls-no-key"));
        Assert.Contains(_items, i => i.Protocol.Name == "tlsx" && i.Response is TlsServerHello { Certificates.Count: 1 });
    }

    [Fact]
    public void Too_much_that_waits_is_given_up()
    {
        var (_, engine) = Play("openssl-turns", new KeyLog { MoreMayCome = true }, options: new DissectionOptions { BufferLimit = 700 });
        Assert.Contains(_items, i => Outcome(i) == "no-key Too much encrypted data waited for the secrets of this connection.");
        engine.Finish();
        Assert.Equal(0, engine.Memory.Bytes);
    }

    [Fact]
    public void Memory_that_runs_out_ends_the_wait()
    {
        var (_, engine) = Play("openssl-turns", new KeyLog { MoreMayCome = true }, options: new DissectionOptions { MemoryLimit = 20_000 });
        Assert.True(Loss("memory-streams") > 0);
        Assert.InRange(engine.Memory.Bytes, 0, 20_000);
        engine.Finish();
        Assert.Equal(0, engine.Memory.Bytes);
    }

    private static string KeyFile(string name) => Path.Combine(Folder, name + ".keys");

    private static string Outcome(Item item) => TlsMessages.Json(item).TryGetProperty("decryption", out var d) ? $"{d.GetProperty("state").GetString()} {d.GetProperty("reason").GetString()}" : "";

    private static string Essence(System.Text.Json.JsonElement item) =>
        $"{item.GetProperty("protocol").GetProperty("name")} {item.GetProperty("stream")} {item.GetProperty("timestamp")} {item.GetProperty("request")} {item.GetProperty("response")} {item.GetProperty("elapsedTime")}";

    private static List<string> Expected(string name) =>
        [.. File.ReadAllLines(Path.Combine(Folder, name + ".items.jsonl")).Select(l => Essence(System.Text.Json.JsonDocument.Parse(l).RootElement)).Order(StringComparer.Ordinal)];

    private List<string> Essences() => [.. _items.Select(i => Essence(TlsMessages.Json(i))).Order(StringComparer.Ordinal)];

    private long Loss(string reason) => _ledger.Counters.Single(c => c.Stage == "dissection" && c.Reason == reason).Count;

    private static void Read(KeyLog keys, byte[] text)
    {
        var reader = new KeyLogReader(keys);
        reader.Append(text);
        reader.Complete();
    }

    private (KeyLog Keys, DissectionEngine Engine) Play(string name, KeyLog keys, Action? between = null, DissectionOptions? options = null)
    {
        var recording = CaptureRecording.Of(Path.Combine(Folder, name + ".pcap"));
        var engine = new DissectionEngine((options ?? new DissectionOptions()) with { Keys = keys }, _ledger, this);
        var handlers = recording.Flows.Select(engine.OnFlowStarted).ToArray();
        foreach (var call in recording.Calls)
        {
            call.Make(handlers[call.Flow]!);
            between?.Invoke();
        }

        return (keys, engine);
    }
}
