using Wirehook.Dissection.Items;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>Records and messages of TLS, made by hand.</summary>
internal static class TlsMessages
{
    public static byte[] Record(byte type, params byte[] body) => [type, 3, 3, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    public static byte[] Message(byte type, params byte[] body) => [type, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    public static byte[] Extension(ushort type, params byte[] data) => [(byte)(type >> 8), (byte)type, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    public static byte[] ServerName(string name) =>
        Extension(0, [0, (byte)(name.Length + 3), 0, 0, (byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name)]);

    /// <summary>The random bytes that all hellos here have, counted up from <paramref name="first"/>.</summary>
    public static byte[] Random(byte first) => [.. Enumerable.Range(first, 32).Select(b => (byte)b)];

    public static byte[] ClientHello(ushort[] suites, params byte[][] extensions)
    {
        byte[] list = [.. extensions.SelectMany(e => e)];
        byte[] numbers = [.. suites.SelectMany(s => new[] { (byte)(s >> 8), (byte)s })];
        return Message(1, [3, 3, .. Random(1), 0, 0, (byte)numbers.Length, .. numbers, 1, 0, (byte)(list.Length >> 8), (byte)list.Length, .. list]);
    }

    public static byte[] ServerHello(ushort suite, params byte[][] extensions)
    {
        byte[] list = [.. extensions.SelectMany(e => e)];
        return Message(2, [3, 3, .. Random(100), 0, (byte)(suite >> 8), (byte)suite, 0, (byte)(list.Length >> 8), (byte)list.Length, .. list]);
    }

    public static System.Text.Json.JsonElement Json(Item item) => System.Text.Json.JsonDocument.Parse(Conversation.ToJson(item)).RootElement;
}
