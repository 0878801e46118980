namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>What a frame is (RFC 6455 §11.8).</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>Facts about opcodes.</summary>
internal static class WebSocketOpcodes
{
    /// <summary>Whether RFC 6455 defines the opcode.</summary>
    public static bool IsDefined(WebSocketOpcode opcode) => opcode is <= WebSocketOpcode.Binary or (>= WebSocketOpcode.Close and <= WebSocketOpcode.Pong);

    /// <summary>Whether frames of the opcode may come between the fragments of a message.</summary>
    public static bool IsControl(WebSocketOpcode opcode) => opcode >= WebSocketOpcode.Close;

    /// <summary>The opcode as items name it.</summary>
    public static string NameOf(WebSocketOpcode opcode) => opcode switch
    {
        WebSocketOpcode.Continuation => "Continuation",
        WebSocketOpcode.Text => "Text",
        WebSocketOpcode.Binary => "Binary",
        WebSocketOpcode.Close => "Close",
        WebSocketOpcode.Ping => "Ping",
        WebSocketOpcode.Pong => "Pong",
        _ => "Reserved",
    };
}
