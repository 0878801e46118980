using System.Text.Json;
using Wirehook.Hub.Api;

namespace Wirehook.Hub.Routes;

/// <summary>Every operation of the API.</summary>
internal static class ApiRoutes
{
    /// <summary>The operations on <paramref name="service"/>, with the document that describes them.</summary>
    public static IReadOnlyList<ApiRoute> For(IHookService service)
    {
        List<ApiRoute> routes = [.. HookRoutes.For(service), .. HistoryRoutes.For(service), .. StatusRoutes.For(service)];
        routes.Add(new ApiRoute
        {
            Method = "GET",
            Pattern = OpenApiDocument.Path,
            Summary = "This document.",
            IsEnveloped = false,
            Handle = _ => ValueTask.FromResult(new ApiAnswer(200, writer => OpenApiDocument.Of(routes).WriteTo(writer))),
        });
        return routes;
    }
}
