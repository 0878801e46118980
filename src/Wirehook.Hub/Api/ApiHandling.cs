using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Wirehook.Hub.Api;

/// <summary>Runs a route's handler and writes the envelope:
/// <c>{"status":"success","data":…}</c> or <c>{"status":"error","error":{"code":…,"message":…}}</c>.</summary>
internal static class ApiHandling
{
    // Answers go to programs, never into a page, so that text stays as it is.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers one request.</summary>
    public static async Task Answer(HttpContext context, ApiRoute route)
    {
        try
        {
            var request = new ApiRequest(context);
            request.CheckQuery(route);
            var answer = await route.Handle(request);
            await Write(context, answer.Status, route.IsEnveloped ? writer => WriteEnvelope(writer, answer) : answer.Write);
        }
        catch (ApiProblemException error)
        {
            await Write(context, error.Problem);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is left to answer.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await Write(context, ApiProblem.Internal($"{route.Method} {route.Pattern}: {error.Message}"));
        }
    }

    /// <summary>Answers with a problem.</summary>
    public static Task Write(HttpContext context, ApiProblem problem) => Write(context, problem.Status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, problem.Code);
        writer.WriteString("message"u8, problem.Message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void WriteEnvelope(Utf8JsonWriter writer, ApiAnswer answer)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, "success"u8);
        writer.WritePropertyName("data"u8);
        answer.Write(writer);
        writer.WriteEndObject();
    }

    private static async Task Write(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions)) write(writer);

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
