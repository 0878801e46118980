using System.Text;

namespace Wirehook.Dissection.Tests.Protocols.Mqtt;

/// <summary>Writes packets as MQTT 3.1.1 and 5.0 say.</summary>
internal static class Packets
{
    public static byte[] Of(int first, params ReadOnlySpan<byte> body)
    {
        var packet = new List<byte> { (byte)first };
        var length = body.Length;
        do
        {
            packet.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. packet, .. body];
    }

    public static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Connect(int level = 4) => Of(0x10, [.. Text("MQTT"), (byte)level, 2, 0, 60, .. level == 5 ? new byte[] { 0 } : [], .. Text("client")]);

    public static byte[] Publish(string topic, string payload, int qos = 0, int id = 0, byte[]? properties = null) =>
        Of(0x30 | (qos << 1), [.. Text(topic), .. qos > 0 ? new byte[] { (byte)(id >> 8), (byte)id } : [], .. properties ?? [], .. Encoding.UTF8.GetBytes(payload)]);
}
