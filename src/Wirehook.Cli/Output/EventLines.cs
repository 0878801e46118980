using System.Buffers;
using System.Text;
using Wirehook.Netlink.Events;

namespace Wirehook.Cli.Output;

/// <summary>The ways in which <c>wirehook monitor</c> writes an event.</summary>
internal static class EventLines
{
    /// <summary>JSON.</summary>
    public static void Json(NetworkEvent happened, IBufferWriter<byte> lines) => EventJson.AppendLine(happened, lines);

    /// <summary>For people.</summary>
    public static void Plain(NetworkEvent happened, IBufferWriter<byte> lines) => Append(EventText.Line(happened, colour: false), lines);

    /// <summary>For people at a terminal.</summary>
    public static void Coloured(NetworkEvent happened, IBufferWriter<byte> lines) => Append(EventText.Line(happened, colour: true), lines);

    private static void Append(string line, IBufferWriter<byte> lines)
    {
        Encoding.UTF8.GetBytes(line, lines);
        lines.Write("\n"u8);
    }
}
