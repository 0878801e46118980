using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using Wirehook.Scripting;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Pipeline;
using Wirehook.Worker.Secrets;
using Wirehook.Worker.Summary;

namespace Wirehook.Worker.Sessions;

/// <summary>Everything between a packet source and the scripts, for one run: the lane with its scripts, the pipeline, the item output and the losses.</summary>
public sealed class CaptureSession : IDisposable
{
    private readonly SessionOptions _options;
    private readonly WorkerConfiguration _configuration;
    private readonly ScriptHost _host;
    private readonly ItemWriter? _items;
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Makes a session without scripts.</summary>
    /// <param name="options">Settings and outputs.</param>
    public CaptureSession(SessionOptions options)
    {
        (_options, _configuration) = (options, options.Configuration);
        Network = new NetworkEventTally(Losses);
        Secrets = new SecretSources(_configuration.List("tls.keylog"), options.FollowKeyLogs || options.LiveClock is not null);
        if (options.Items is { } output) _items = new ItemWriter(output, Losses);
        _host = new ScriptHost(new ScriptHostOptions
        {
            Console = options.Console,
            Effects = options.Effects,
            Trace = options.Trace,
            Environment = _configuration.Map("scripting.env"),
            LiveClock = options.LiveClock,
            Losses = Losses,
            Budget = ScriptBudget.Default with
            {
                CallTime = TimeSpan.FromMilliseconds(_configuration.Number("scripting.budget.callMs")),
                MemoryBytes = _configuration.Number("scripting.budget.memoryMb") << 20,
            },
        });
        Lane = new ScriptLane(_host, new LaneOptions(options.LiveClock is null ? LanePolicy.Wait : LanePolicy.Drop, Completed: OnCompleted));
    }

    /// <summary>The scripts' thread.</summary>
    public ScriptLane Lane { get; }

    /// <summary>Every loss of the run.</summary>
    public LossLedger Losses { get; } = new();

    /// <summary>Counts the network events of the run.</summary>
    public NetworkEventTally Network { get; }

    /// <summary>What TLS is decrypted with.</summary>
    public SecretSources Secrets { get; }

    /// <summary>Takes packets once <see cref="Start"/> has returned.</summary>
    public PacketPipeline Pipeline { get; private set; } = null!;

    /// <summary>Why items could not be written; null where they could.</summary>
    public string? OutputFailure => _items?.Failure;

    /// <summary>Loads the scripts and opens the pipeline.</summary>
    /// <param name="scripts">The scripts, in load order.</param>
    /// <param name="first">Time of the first packet on replay: the clock of the scripts' top-level code. Null when live, or without packets.</param>
    public IReadOnlyList<LoadOutcome> Start(IReadOnlyList<ScriptSource> scripts, Timestamp? first)
    {
        // The scripts load on their thread while this one builds the pipeline; both take about as long.
        var loading = Task.Run(() => Lane.Invoke(host =>
        {
            if (first is { } time) host.AdvanceTo(time);
            return _configuration.Flag("scripting.enabled") ? scripts.Select(host.Load).ToArray() : [];
        }));
        Pipeline = new PacketPipeline(Lane, Dissection(), Flows(), Losses, itemsWanted: _items is not null || _options.CountItems, _options.Limit);
        var outcomes = loading.GetAwaiter().GetResult();
        Pipeline.Open();
        return outcomes;
    }

    /// <summary>What turns netlink frames of captures into network events for the scripts. To be asked once, after <see cref="Start"/>.</summary>
    public NetlinkFrames OpenNetlink() => new(Pipeline, Network, Losses, _options.InitialNetworkEvents);

    /// <summary>Delivers what waits, waits for the scripts, and sums up.</summary>
    public RunSummary Complete()
    {
        Secrets.Look();
        Pipeline.Finish();
        var scripts = Finish();
        _items?.Flush();
        return new RunSummary
        {
            Packets = Pipeline.Packets,
            Bytes = Pipeline.Bytes,
            NetworkEvents = Network.Events,
            Dissected = Pipeline.Dissected,
            Streams = Pipeline.Flows.TcpFlows + Pipeline.Flows.UdpFlows,
            Items = Pipeline.Engine.Statistics.Where(s => s.Items > 0).ToDictionary(s => s.Protocol, s => new ProtocolCount(s.Items, s.Requests, s.Responses)),
            Losses = [.. Losses.Counters.Where(c => c.Count > 0)],
            Scripts = scripts,
            ElapsedMilliseconds = (long)Stopwatch.GetElapsedTime(_started).TotalMilliseconds,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Lane.Dispose();
        Secrets.Dispose();
        _items?.Dispose();
    }

    private IReadOnlyList<ScriptReport> Finish()
    {
        Lane.Complete();
        return _host.Report(measureMemory: true);
    }

    private void OnCompleted(EventBatch batch)
    {
        _items?.Write(batch);
        _options.BatchCompleted?.Invoke();
    }

    private DissectionOptions Dissection()
    {
        var live = _options.LiveClock is not null;
        var ip = _configuration.Text("worker.ip") is { Length: > 0 } given ? given : live ? LocalAddress() : "127.0.0.1";
        var name = _configuration.Text("worker.name") is { Length: > 0 } named ? named : live ? Environment.MachineName : "";
        return new DissectionOptions
        {
            Worker = $"{ip}:{_configuration.Number("worker.port")}",
            Node = new Node(ip, name),
            Dissectors = _configuration.Dissectors,
            FlowRecordInterval = _configuration.Number("flows.recordSeconds") * 1_000_000_000,
            BodyLimit = (int)_configuration.Number("dissection.bodyLimit"),
            MemoryLimit = _configuration.Number("dissection.memoryMb") << 20,
            Keys = Secrets.Keys,
            KeyWait = _configuration.Number("tls.keyWaitSeconds") * 1_000_000_000,
            RequestTimeout = _configuration.Number("dissection.requestTimeoutSeconds") * 1_000_000_000,
            Protobuf = ProtobufFiles.Read(_configuration.List("dissection.protobuf")),
        };
    }

    // The table's hash is seeded per run so that nobody can craft traffic whose flows collide; no result depends on it.
    private FlowOptions Flows() => new()
    {
        MaximumFlows = (int)_configuration.Number("flows.limit"),
        BufferTotal = _configuration.Number("flows.memoryMb") << 20,
        HashSeed = DrawSeed(),
    };

    // From the kernel's generator; RandomNumberGenerator would load OpenSSL for these eight bytes.
    private static ulong DrawSeed()
    {
        Span<byte> bits = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bits);
        return BinaryPrimitives.ReadUInt64LittleEndian(bits) ^ BinaryPrimitives.ReadUInt64LittleEndian(bits[8..]);
    }

    /// <summary>The address that this machine would use towards others; a UDP socket that is connected and never sends tells it.</summary>
    private static string LocalAddress()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(new IPAddress([192, 0, 2, 1]), 9));
            return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException)
        {
            return "127.0.0.1";
        }
    }
}
