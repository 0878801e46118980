using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>Messages that a server sends to subscribers: in RESP2 they are arrays like any other (redis.io, Pub/Sub).</summary>
internal static class RedisPushes
{
    /// <summary>Whether a reply's values are a message or the confirmation of a subscription.</summary>
    public static bool IsPush(List<FieldValue> values)
    {
        if (values.Count is not (3 or 4) || values[0].Kind != FieldKind.String || values[1].Kind is not (FieldKind.String or FieldKind.Null)) return false;
        return values[0].AsString switch
        {
            "message" or "smessage" => values.Count == 3,
            "pmessage" => values.Count == 4,
            "subscribe" or "psubscribe" or "ssubscribe" or "unsubscribe" or "punsubscribe" or "sunsubscribe" => values.Count == 3 && values[2].Kind == FieldKind.Number,
            _ => false,
        };
    }

    /// <summary>Whether a reply's bytes are a message that subscribers get.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> reply) =>
        reply.StartsWith("*3\r\n$7\r\nmessage\r\n$"u8) || reply.StartsWith("*4\r\n$8\r\npmessage\r\n$"u8) || reply.StartsWith("*3\r\n$8\r\nsmessage\r\n$"u8);

    /// <summary>Whether bytes are a replica's report: what goes the other way is then a master's commands.</summary>
    public static bool IsReplicaReport(ReadOnlySpan<byte> reply) => reply.StartsWith("*3\r\n$8\r\nREPLCONF\r\n$3\r\nACK\r\n"u8);

    /// <summary>Whether a reply's bytes confirm a subscription or its end, and how many subscriptions there are now.</summary>
    public static bool TryReadConfirmation(ReadOnlySpan<byte> reply, out long subscriptions)
    {
        subscriptions = 0;
        var reader = new RespReader(reply);
        if (!reader.TryRead(out var header) || !header.IsAggregate || header.Count != 3) return false;
        if (!reader.TryRead(out var kind) || RedisCommands.TraitOf(kind.Text) != CommandTrait.Subscription || !reader.TryRead(out _)) return false;
        return reader.TryRead(out var count) && count.Kind == ':' && RespScanner.TryReadLength(count.Text, out subscriptions);
    }

    /// <summary>
    /// Whether a confirmation is of <paramref name="command"/>, whose name it repeats: UNSUBSCRIBE without channels has as many as there were subscriptions,
    /// and the later ones may come when another command waits.
    /// </summary>
    public static bool Confirms(ReadOnlySpan<byte> confirmation, in RedisBytes command)
    {
        var reader = new RespReader(confirmation);
        reader.TryRead(out _);
        reader.TryRead(out var kind);
        if (command.Inline) return command.Bytes.Span.TrimStart((byte)' ') is var line && line.Length > kind.Text.Length && Ascii.EqualsIgnoreCase(line[..kind.Text.Length], kind.Text);
        var words = new RespReader(command.Bytes.Span);
        return words.TryRead(out _) && words.TryRead(out var name) && Ascii.EqualsIgnoreCase(name.Text, kind.Text);
    }

    /// <summary>Whether a reply's bytes are a line of MONITOR: time, database and client, and the command.</summary>
    public static bool IsMonitorLine(ReadOnlySpan<byte> reply)
    {
        const int shortestTime = 12;
        if (reply.Length < shortestTime || reply[0] != '+') return false;
        var rest = reply[1..].TrimStart("0123456789"u8);
        return !rest.IsEmpty && rest[0] == '.' && rest.IndexOf(" ["u8) > 0;
    }
}
