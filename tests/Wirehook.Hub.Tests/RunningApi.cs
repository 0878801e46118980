using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Running;
using Wirehook.Hub.Server;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Packets;

namespace Wirehook.Hub.Tests;

/// <summary>The API over real hooks whose programs only pretend to run, on a socket of its own.</summary>
public sealed class RunningApi : IHookService, IProcessRunner, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-api-").FullName;
    private readonly ApiServer _server;
    private readonly HttpClient _client;

    public RunningApi()
    {
        Hooks = HookManager.Create(new HookManagerOptions(), this);
        _server = ApiServer.Start(ApiSocket.Claim(SocketPath), this);
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, cancellation) => await Connect(SocketPath, cancellation) }) { BaseAddress = new Uri("http://localhost/") };
    }

    public string SocketPath => Path.Combine(_folder, "hooks.sock");

    public HookManager Hooks { get; }

    public MonitorStatus? Monitor { get; set; }

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    /// <summary>What a pretended program comes to.</summary>
    public Func<ProcessRequest, ProcessResult> Program { get; set; } = _ => new ProcessResult { Outcome = ProcessOutcome.Success, ExitCode = 0, Output = "done\n", Duration = TimeSpan.FromMilliseconds(2) };

    public List<NetworkEvent> Events { get; } = [];

    public HookReload NextReload { get; set; } = new();

    public static NetworkEvent LinkDown(long sequence, string name = "eth0") => new()
    {
        Sequence = sequence,
        Timestamp = new Timestamp(1_800_000_000_123_000_000),
        MessageType = 16,
        MessageName = "RTM_NEWLINK",
        Events = ["link.down"],
        Interface = name,
        InterfaceIndex = 7,
    };

    public IReadOnlyList<NetworkEvent> RecentEvents(int last) => [.. Events.TakeLast(last)];

    public HookReload Reload() => NextReload;

    public ProcessResult Run(ProcessRequest request, CancellationToken stop) => Program(request);

    public (int Status, JsonElement Body) Send(string method, string target, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = _client.Send(request);
        using var document = JsonDocument.Parse(response.Content.ReadAsStream());
        Assert.Equal("1.0", response.Headers.GetValues("X-API-Version").Single());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    /// <summary><c>data</c> of an answer that must be a success.</summary>
    public JsonElement Data(string method, string target, string? body = null, int status = 200)
    {
        var (actual, answer) = Send(method, target, body);
        Assert.True(actual == status, $"{method} {target}: {actual} {answer}");
        Assert.Equal("success", answer.GetProperty("status").GetString());
        return answer.GetProperty("data");
    }

    /// <summary>Code and message of an answer that must be a refusal.</summary>
    public (string Code, string Message) Refusal(int status, string method, string target, string? body = null)
    {
        var (actual, answer) = Send(method, target, body);
        Assert.True(actual == status, $"{method} {target}: {actual} {answer}");
        Assert.Equal("error", answer.GetProperty("status").GetString());
        var error = answer.GetProperty("error");
        return (error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        Hooks.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Stream> Connect(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
