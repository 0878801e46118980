using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.State;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.State;

/// <summary>Damages real messages.</summary>
internal static class Mutations
{
    /// <summary>Every message of the recorded transcript.</summary>
    public static List<byte[]> Transcript()
    {
        var messages = new List<byte[]>();
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Netlink.Tests", "Goldens", "kernel.hex")))
        {
            if (line.StartsWith('#')) continue;
            ReadOnlySpan<byte> rest = Convert.FromHexString(line);
            while (NetlinkMessage.TryRead(ref rest, out var message)) messages.Add(message.Whole.ToArray());
        }

        return messages;
    }

    /// <summary>A copy with up to four bytes changed, sometimes cut short or with another length.</summary>
    public static byte[] Mutate(Random random, byte[] message)
    {
        var copy = message.ToArray();
        for (var n = random.Next(5); n > 0; n--) copy[random.Next(NetlinkMessage.HeaderLength, copy.Length)] = (byte)random.Next(256);
        if (random.Next(10) == 0) copy = copy[..random.Next(NetlinkMessage.HeaderLength, copy.Length + 1)];
        if (random.Next(20) == 0) copy[random.Next(NetlinkMessage.HeaderLength)] ^= (byte)(1 << random.Next(8));
        else MemoryMarshal.Write(copy, (uint)copy.Length);
        return copy;
    }

    public static NetlinkObject? Decode(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        if (!NetlinkMessage.TryRead(ref rest, out var message) || MessageTypes.Find(NetlinkProtocol.Route, message.Type) is not { } known) return null;
        if (known.Type.Action == NetlinkAction.Get || !known.Family.TryDecode(message, out var decoded)) return null;
        decoded.ResolveNames(new NamespaceState("default", -1));
        return decoded;
    }
}
