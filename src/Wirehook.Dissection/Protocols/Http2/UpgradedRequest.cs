using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Protocols.Http2.Hpack;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>The HTTP/1 request that asked for HTTP/2, as the request of stream 1. It is an HTTP/1 item as well, and counted there.</summary>
internal static class UpgradedRequest
{
    /// <summary>Reads the request of <paramref name="upgrade"/>, whose head is there.</summary>
    /// <param name="upgrade">What was agreed on.</param>
    /// <param name="timestamp">When it was answered.</param>
    public static Http2Message Read(Upgrade upgrade, Timestamp timestamp)
    {
        var head = upgrade.RequestHead.Span;
        var line = HttpStartLine.TrimLineEnd(head[..Math.Max(0, head.IndexOf((byte)'\n'))]);
        HttpStartLine.SplitRequest(line, out var method, out var target, out _);
        var fields = new List<HeaderField>
        {
            HeaderField.Create(":method", Encoding.UTF8.GetString(line[method])),
            HeaderField.Create(":path", Encoding.UTF8.GetString(line[target])),
        };
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            var name = Encoding.UTF8.GetString(lines.Name).ToLowerInvariant();
            fields.Add(HeaderField.Create(name == "host" ? ":authority" : name, HeaderLines.Decode(lines.Value)));
        }

        return new Http2Message(fields.ToArray(), 0, upgrade.RequestStarted)
        {
            IsRequest = true,
            IsBorrowed = true,
            Complete = true,
            Size = head.Length,
            EndedAt = timestamp,
        };
    }
}
