using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Wirehook.Hub.Server;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary>A request to the running <c>wirehook hooks run</c> that was not done.</summary>
/// <param name="message">What to tell the user.</param>
/// <param name="exitCode">The exit status that goes with it.</param>
internal sealed class HookApiException(string message, int exitCode) : Exception(message)
{
    /// <summary>The exit status that goes with it.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>Talks to the API of a running <c>wirehook hooks run</c> through its Unix socket.</summary>
internal sealed class HookApiClient : IDisposable
{
    private readonly string _path;
    private readonly HttpClient _http;

    /// <summary>A client of the socket <paramref name="path"/>, or of the default one.</summary>
    public HookApiClient(string? path)
    {
        _path = Path.GetFullPath(path ?? ApiSocket.DefaultPath);
        // Tests of hooks take as long as the hook; there is no other sensible limit than the user's patience.
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = Connect, UseProxy = false })
        {
            BaseAddress = new Uri("http://localhost/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a request and returns <c>data</c> of its answer.</summary>
    /// <param name="method">GET, POST or DELETE.</param>
    /// <param name="target">Path and query, without a leading slash; names in it escaped.</param>
    /// <param name="body">A JSON object; null for none.</param>
    /// <exception cref="HookApiException">Nobody listens, or the request was refused.</exception>
    public JsonElement Send(HttpMethod method, string target, byte[]? body = null)
    {
        using var request = new HttpRequestMessage(method, target);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var response = _http.Send(request);
            using var document = JsonDocument.Parse(response.Content.ReadAsStream());
            var root = document.RootElement;
            if (response.IsSuccessStatusCode) return root.GetProperty("data").Clone();
            throw new HookApiException(root.GetProperty("error").GetProperty("message").GetString()!, ExitCode.Usage);
        }
        catch (HttpRequestException error)
        {
            throw new HookApiException(Explain(error), ExitCode.NotRunning);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or IOException)
        {
            throw new HookApiException($"{_path} does not answer as Wirehook does: {error.Message}", ExitCode.NotRunning);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string Explain(HttpRequestException error)
    {
        if (error.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied })
            return $"{_path} may not be used by {Environment.UserName}: run the command as the user who runs wirehook hooks run, or with sudo.";
        if (error.InnerException is not SocketException) return $"{_path}: {error.Message}";
        var option = _path == ApiSocket.DefaultPath ? "" : $" --socket {_path}";
        return $"no hooks run behind {_path}. Start them: wirehook hooks run --config FILE{option}";
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetByteCount(_path);
        if (bytes > 107) throw new HttpRequestException($"the path has {bytes} bytes; a Unix socket's has at most 107.");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
