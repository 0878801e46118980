using System.Text;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>What is known of a command before its reply comes.</summary>
/// <param name="Trait">What it does to the order of messages.</param>
/// <param name="Replies">How many replies it gets.</param>
internal readonly record struct RedisExpectation(CommandTrait Trait, int Replies);

/// <summary>Which commands get how many replies, and which messages of the server answer nobody.</summary>
internal sealed class RedisReplyPolicy
{
    private bool _subscribed;
    private bool _monitors;
    private bool _silent;
    private bool _skipsNext;
    private int _moreConfirmations;

    /// <summary>Reads a command. False for one that means nothing: an array without values.</summary>
    public bool TryReadCommand(in RedisBytes content, out RedisExpectation command)
    {
        command = new RedisExpectation(CommandTrait.None, _silent || _skipsNext ? 0 : 1);
        if (content.Inline)
        {
            var line = content.Bytes.Span.TrimStart((byte)' ');
            Span<Range> words = stackalloc Range[3];
            var count = SplitWords(line, words);
            Judge(count > 0 ? line[words[0]] : default, count > 1 ? line[words[1]] : default, count > 2 ? line[words[2]] : default, count, ref command);
            return true;
        }

        var reader = new RespReader(content.Bytes.Span);
        if (!reader.TryRead(out var header) || header.Count < 1) return false;
        reader.TryRead(out var name);
        if (RedisCommands.TraitOf(name.Text) == CommandTrait.None)
        {
            _skipsNext = false;
            return true;
        }

        reader.TryRead(out var first);
        reader.TryRead(out var second);
        Judge(name.Text, first.Text, second.Text, (int)Math.Min(header.Count, int.MaxValue), ref command);
        return true;
    }

    /// <summary>Whether the server sends <paramref name="reply"/> on its own, and not as the answer to a command.</summary>
    /// <param name="reply">The kept bytes.</param>
    /// <param name="waiting">The command that is next, or null.</param>
    /// <param name="outstanding">How many answers are outstanding.</param>
    public bool IsUnasked(ReadOnlySpan<byte> reply, RedisRequest? waiting, int outstanding)
    {
        switch (reply[0])
        {
            case (byte)'>' or (byte)'*' when RedisPushes.TryReadConfirmation(reply, out var subscriptions):
                _subscribed = subscriptions > 0;
                if (_moreConfirmations > 0)
                {
                    _moreConfirmations--;
                    return true;
                }

                return outstanding == 0 || (waiting is not null && !RedisPushes.Confirms(reply, waiting.Content));
            case (byte)'>':
                return true;
            case (byte)'*':
                return RedisPushes.IsReplicaReport(reply) || (RedisPushes.IsMessage(reply) && (_subscribed || outstanding == 0 || waiting is { Trait: CommandTrait.Subscription }));
            case (byte)'+':
                return (_monitors || outstanding == 0) && RedisPushes.IsMonitorLine(reply);
            default:
                return false;
        }
    }

    /// <summary><paramref name="request"/> got <paramref name="reply"/>.</summary>
    public void OnAnswered(RedisRequest request, ReadOnlySpan<byte> reply)
    {
        var succeeded = reply[0] != '-';
        if (request.Trait == CommandTrait.Monitor) _monitors = succeeded;
        if (request.Trait == CommandTrait.Subscription && succeeded && reply[0] != '+') _moreConfirmations = request.MoreReplies;
    }

    /// <summary>Bytes are missing: how many confirmations are to come is unknown.</summary>
    public void OnLoss()
    {
        (_moreConfirmations, _silent, _skipsNext) = (0, false, false);
    }

    private static int SplitWords(ReadOnlySpan<byte> line, Span<Range> words)
    {
        var (count, at) = (0, 0);
        while (count < words.Length && at < line.Length)
        {
            while (at < line.Length && line[at] <= ' ') at++;
            var start = at;
            while (at < line.Length && line[at] > ' ') at++;
            if (at > start) words[count++] = start..at;
        }

        return count;
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(word, name);

    private void Judge(ReadOnlySpan<byte> name, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int words, ref RedisExpectation command)
    {
        var trait = RedisCommands.TraitOf(name);
        var replies = command.Replies;
        _skipsNext = false;
        if (trait == CommandTrait.Subscription && replies > 0) replies = Math.Max(1, words - 1);
        if (trait == CommandTrait.ReplicaReport && Is(first, "ACK"u8)) replies = 0;
        if (trait == CommandTrait.Client && Is(first, "REPLY"u8))
        {
            _silent = Is(second, "OFF"u8);
            _skipsNext = Is(second, "SKIP"u8);
            replies = Is(second, "ON"u8) ? 1 : 0;
        }

        command = new RedisExpectation(trait, replies);
    }
}
