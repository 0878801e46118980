using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wirehook.Hub.Api;
using Wirehook.Hub.Routes;

namespace Wirehook.Hub.Server;

/// <summary>Serves the API over HTTP/1.1 on a Unix socket. Nothing outside of the given options configures it: no files, no variables.</summary>
public sealed class ApiServer : IDisposable
{
    private const long LongestBody = 64 << 10;
    private const int MostConnections = 128;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);
    private readonly WebApplication _application;
    private readonly ApiSocket _socket;

    private ApiServer(WebApplication application, ApiSocket socket)
    {
        (_application, _socket) = (application, socket);
    }

    /// <summary>Starts serving <paramref name="service"/>; returns once clients can connect.</summary>
    /// <param name="socket">The path, claimed; the server releases it at its end.</param>
    /// <param name="service">What is served.</param>
    /// <exception cref="ApiSocketException">The socket cannot be made.</exception>
    public static ApiServer Start(ApiSocket socket, IHookService service)
    {
        var server = new ApiServer(Build(socket, ApiRoutes.For(service)), socket);
        try
        {
            server._application.StartAsync().GetAwaiter().GetResult();
            socket.Publish();
            return server;
        }
        catch (IOException error)
        {
            server.Dispose();
            throw new ApiSocketException($"--socket {socket.Path}: {error.Message}");
        }
        catch (ApiSocketException)
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Lets requests under way finish for a moment, then ends.</summary>
    public void Dispose()
    {
        using (var deadline = new CancellationTokenSource(LongestStop)) _application.StopAsync(deadline.Token).GetAwaiter().GetResult();
        ((IDisposable)_application).Dispose();
        _socket.Dispose();
    }

    private static WebApplication Build(ApiSocket socket, IReadOnlyList<ApiRoute> routes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.ListenUnixSocket(socket.UnfinishedPath, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        application.Use(AnswerProblems);
        application.UseRouting();
        foreach (var route in routes) application.MapMethods(route.Pattern, [route.Method], context => ApiHandling.Answer(context, route));
        return application;
    }

    /// <summary>What no route answered gets the envelope as well.</summary>
    private static async Task AnswerProblems(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers["X-API-Version"] = "1.0";
        await next(context);
        if (context.Response.HasStarted || context.Response.ContentLength is not null) return;
        var path = $"{context.Request.Method} {context.Request.Path}";
        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiProblem.NotFound($"There is no {path}; GET /api/openapi.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed => ApiProblem.MethodNotAllowed($"{path} is not possible; allowed: {context.Response.Headers.Allow}."),
            _ => null,
        };
        if (problem is not null) await ApiHandling.Write(context, problem);
    }

    /// <summary>Leaves signals to the program: the host's own handling would make the second Ctrl+C as gentle as the first.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
