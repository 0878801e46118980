using Wirehook.JavaScript;
using Wirehook.Scripting.Declarations;

namespace Wirehook.Scripting.Hooks.PacketCaptured;

/// <summary>The fields of <c>info</c>, declared once for the script, its JSON and its type.</summary>
internal static class PacketInfoFields
{
    /// <summary>The fields in canonical order.</summary>
    internal static readonly Field[] All =
    [
        new(new("captureLength", "number", "Bytes kept in the capture."), static r => JsValue.From((double)((PacketInfo)r).Packet.CaptureLength)),
        new(new("length", "number", "Bytes on the wire."), static r => JsValue.From((double)((PacketInfo)r).Packet.Length)),
        new(new("timestamp", "string", "When the packet was captured: RFC 3339 in UTC, with nanoseconds."), static r => JsValue.From(((PacketInfo)r).Packet.Timestamp.ToString())),
        new(new("truncated", "boolean", "Whether the capture kept less than was on the wire."), static r => JsValue.From(((PacketInfo)r).Packet.Truncated)),
    ];

    /// <summary>The shape of every <c>info</c>.</summary>
    internal static readonly HostShape Shape = new("PacketInfo", Array.ConvertAll(All, static f => new HostProperty(f.Declaration.Name, f.Get)));

    internal sealed record Field(MemberDeclaration Declaration, HostGetter Get);
}
