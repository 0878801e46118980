using System.Buffers.Binary;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>Damages a scene as a hostile or broken peer would: bytes, lengths, order, repetition, holes.</summary>
internal static class Mutation
{
    private static readonly uint[] Extremes = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

    /// <summary>Applies one to four changes.</summary>
    public static void Apply(List<FlowCall> scene, Random random)
    {
        for (var i = random.Next(1, 5); i > 0; i--) ChangeCall(scene, random.Next(scene.Count), random);
    }

    private static void ChangeCall(List<FlowCall> scene, int at, Random random)
    {
        var call = scene[at];
        switch (random.Next(12))
        {
            case 0:
                scene.RemoveAt(at);
                if (scene.Count == 0) scene.Add(call);
                break;
            case 1:
                scene.Insert(random.Next(scene.Count + 1), call);
                break;
            case 2 when call.Kind == FlowCallKind.Data:
                scene[at] = call with { Kind = FlowCallKind.Gap, Length = random.Next(1, 5000), Data = [] };
                break;
            case 3:
                scene[at] = call with { Direction = call.Direction ^ Direction.Reverse };
                break;
            default:
                if (call.Data.Length > 0) scene[at] = call with { Data = Change((byte[])call.Data.Clone(), random) };
                break;
        }
    }

    private static byte[] Change(byte[] data, Random random)
    {
        var at = random.Next(data.Length);
        switch (random.Next(7))
        {
            case 0:
                data[at] ^= (byte)(1 << random.Next(8));
                return data;
            case 1:
                data[at] = (byte)random.Next(256);
                return data;
            case 2 when at + 4 <= data.Length:
                BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(at), Extremes[random.Next(Extremes.Length)]);
                return data;
            case 3 when at + 2 <= data.Length:
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(at), (ushort)Extremes[random.Next(Extremes.Length)]);
                return data;
            case 4:
                return data[..at];
            case 5:
                var length = random.Next(1, Math.Min(64, data.Length - at) + 1);
                return [.. data[..at], .. data[at..(at + length)], .. data[at..]];
            default:
                return [.. data[..at], .. data[Math.Min(data.Length, at + random.Next(1, 16))..]];
        }
    }
}
