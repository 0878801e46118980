using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Protocols.Http;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>What the opening handshake agreed on (RFC 6455 §4.2.2, RFC 7692 §7.1).</summary>
internal sealed class WebSocketNegotiation
{
    /// <summary>Behind no handshake that was captured.</summary>
    public static WebSocketNegotiation Unknown { get; } = new() { IsKnown = false };

    /// <summary>Whether the server's answer was captured.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>The agreed subprotocol in lower case, or empty.</summary>
    public string Subprotocol { get; private init; } = "";

    /// <summary>Whether messages may be compressed with permessage-deflate.</summary>
    public bool Deflates { get; private init; }

    /// <summary>Whether the client's messages are compressed each for itself.</summary>
    public bool ClientForgets { get; private init; }

    /// <summary>Whether the server's messages are compressed each for itself.</summary>
    public bool ServerForgets { get; private init; }

    /// <summary>Reads the server's answer.</summary>
    /// <param name="upgrade">What the protocol before said, or null.</param>
    public static WebSocketNegotiation Read(Upgrade? upgrade)
    {
        if (upgrade is null || upgrade.ResponseHead.IsEmpty) return Unknown;
        var extensions = HeaderLines.Find(upgrade.ResponseHead.Span, "sec-websocket-extensions"u8);
        var deflate = FindExtension(extensions, "permessage-deflate");
        return new WebSocketNegotiation
        {
            IsKnown = true,
            Subprotocol = HeaderLines.Find(upgrade.ResponseHead.Span, "sec-websocket-protocol"u8).ToLowerInvariant(),
            Deflates = deflate is not null,
            ClientForgets = HasParameter(deflate, "client_no_context_takeover"),
            ServerForgets = HasParameter(deflate, "server_no_context_takeover"),
        };
    }

    /// <summary>The parameters of the extension <paramref name="name"/>, or null where it was not agreed on.</summary>
    private static string[]? FindExtension(string extensions, string name)
    {
        foreach (var extension in extensions.Split(','))
        {
            var parts = extension.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0].Equals(name, StringComparison.OrdinalIgnoreCase)) return parts[1..];
        }

        return null;
    }

    private static bool HasParameter(string[]? parameters, string name) =>
        parameters is not null && Array.Exists(parameters, p => p.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
