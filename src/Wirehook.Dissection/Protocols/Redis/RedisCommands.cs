using System.Collections.Frozen;
using System.Text;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>What a command does to the order of messages.</summary>
internal enum CommandTrait : byte
{
    /// <summary>One reply.</summary>
    None,

    /// <summary>One reply for each channel.</summary>
    Subscription,

    /// <summary>A reply, then a line for each command that the server runs.</summary>
    Monitor,

    /// <summary>The server sends its data set, then every write, as commands.</summary>
    Replication,

    /// <summary>A report of a replica, <c>REPLCONF ACK</c> being without reply.</summary>
    ReplicaReport,

    /// <summary>May switch replies off, <c>CLIENT REPLY</c>.</summary>
    Client,

    /// <summary>The reply may take as long as the client likes.</summary>
    Blocking,
}

/// <summary>The commands by which Redis traffic is recognised, and those that change who speaks when.</summary>
internal static class RedisCommands
{
    private const int LongestName = 32;

    private static readonly FrozenSet<string> Known = (
        "ACL APPEND ASKING AUTH BF.ADD BF.EXISTS BF.MADD BF.RESERVE BGREWRITEAOF BGSAVE BITCOUNT BITFIELD BITFIELD_RO BITOP BITPOS BLMOVE BLMPOP BLPOP BRPOP "
        + "BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT CLUSTER COMMAND CONFIG COPY DBSIZE DEBUG DECR DECRBY DEL DISCARD DUMP ECHO EVAL EVAL_RO EVALSHA EVALSHA_RO EXEC "
        + "EXISTS EXPIRE EXPIREAT EXPIRETIME FAILOVER FCALL FCALL_RO FLUSHALL FLUSHDB FT.CREATE FT.SEARCH FT.AGGREGATE FUNCTION GEOADD GEODIST GEOHASH GEOPOS GEORADIUS "
        + "GEORADIUS_RO GEORADIUSBYMEMBER GEORADIUSBYMEMBER_RO GEOSEARCH GEOSEARCHSTORE GET GETBIT GETDEL GETEX GETRANGE GETSET GRAPH.QUERY HDEL HELLO HEXISTS HEXPIRE "
        + "HGET HGETALL HGETDEL HGETEX HINCRBY HINCRBYFLOAT HKEYS HLEN HMGET HMSET HPERSIST HPEXPIRE HPTTL HRANDFIELD HSCAN HSET HSETEX HSETNX HSTRLEN HTTL HVALS INCR "
        + "INCRBY INCRBYFLOAT INFO JSON.DEL JSON.GET JSON.MGET JSON.SET KEYS LASTSAVE LATENCY LCS LINDEX LINSERT LLEN LMOVE LMPOP LOLWUT LPOP LPOS LPUSH LPUSHX LRANGE "
        + "LREM LSET LTRIM MEMORY MGET MIGRATE MODULE MONITOR MOVE MSET MSETNX MULTI OBJECT PERSIST PEXPIRE PEXPIREAT PEXPIRETIME PFADD PFCOUNT PFDEBUG PFMERGE PFSELFTEST "
        + "PING PSETEX PSUBSCRIBE PSYNC PTTL PUBLISH PUBSUB PUNSUBSCRIBE QUIT RANDOMKEY READONLY READWRITE RENAME RENAMENX REPLCONF REPLICAOF RESET RESTORE ROLE RPOP "
        + "RPOPLPUSH RPUSH RPUSHX SADD SAVE SCAN SCARD SCRIPT SDIFF SDIFFSTORE SELECT SENTINEL SET SETBIT SETEX SETNX SETRANGE SHUTDOWN SINTER SINTERCARD SINTERSTORE "
        + "SISMEMBER SLAVEOF SLOWLOG SMEMBERS SMISMEMBER SMOVE SORT SORT_RO SPOP SPUBLISH SRANDMEMBER SREM SSCAN SSUBSCRIBE STRLEN SUBSCRIBE SUBSTR SUNION SUNIONSTORE "
        + "SUNSUBSCRIBE SWAPDB SYNC TIME TOUCH TS.ADD TS.CREATE TS.RANGE TTL TYPE UNLINK UNSUBSCRIBE UNWATCH WAIT WAITAOF WATCH XACK XADD XAUTOCLAIM XCLAIM XDEL XGROUP "
        + "XINFO XLEN XPENDING XRANGE XREAD XREADGROUP XREVRANGE XSETID XTRIM ZADD ZCARD ZCOUNT ZDIFF ZDIFFSTORE ZINCRBY ZINTER ZINTERCARD ZINTERSTORE ZLEXCOUNT ZMPOP "
        + "ZMSCORE ZPOPMAX ZPOPMIN ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANGESTORE ZRANK ZREM ZREMRANGEBYLEX ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREVRANGE "
        + "ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE ZUNION ZUNIONSTORE").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, CommandTrait> Traits = new Dictionary<string, CommandTrait>
    {
        ["SUBSCRIBE"] = CommandTrait.Subscription,
        ["PSUBSCRIBE"] = CommandTrait.Subscription,
        ["SSUBSCRIBE"] = CommandTrait.Subscription,
        ["UNSUBSCRIBE"] = CommandTrait.Subscription,
        ["PUNSUBSCRIBE"] = CommandTrait.Subscription,
        ["SUNSUBSCRIBE"] = CommandTrait.Subscription,
        ["MONITOR"] = CommandTrait.Monitor,
        ["PSYNC"] = CommandTrait.Replication,
        ["SYNC"] = CommandTrait.Replication,
        ["REPLCONF"] = CommandTrait.ReplicaReport,
        ["CLIENT"] = CommandTrait.Client,
        ["BLPOP"] = CommandTrait.Blocking,
        ["BRPOP"] = CommandTrait.Blocking,
        ["BLMOVE"] = CommandTrait.Blocking,
        ["BLMPOP"] = CommandTrait.Blocking,
        ["BRPOPLPUSH"] = CommandTrait.Blocking,
        ["BZPOPMIN"] = CommandTrait.Blocking,
        ["BZPOPMAX"] = CommandTrait.Blocking,
        ["BZMPOP"] = CommandTrait.Blocking,
        ["XREAD"] = CommandTrait.Blocking,
        ["XREADGROUP"] = CommandTrait.Blocking,
        ["WAIT"] = CommandTrait.Blocking,
        ["WAITAOF"] = CommandTrait.Blocking,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownNames = Known.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenDictionary<string, CommandTrait>.AlternateLookup<ReadOnlySpan<char>> TraitNames = Traits.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The first letters of the names in <see cref="Traits"/>: most commands are none of them.</summary>
    private static readonly uint TraitInitials = Traits.Keys.Aggregate(0u, (letters, name) => letters | (1u << (name[0] & 31)));

    /// <summary>Whether <paramref name="name"/>, in any case, is a command of Redis or of a common module.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> name)
    {
        Span<char> upper = stackalloc char[LongestName];
        return ToUpper(name, upper, out var length) && KnownNames.Contains(upper[..length]);
    }

    /// <summary>What the command <paramref name="name"/>, in any case, does to the order of messages.</summary>
    public static CommandTrait TraitOf(ReadOnlySpan<byte> name)
    {
        if (name.Length <= 3 || (TraitInitials & (1u << (name[0] & 31))) == 0) return CommandTrait.None;
        Span<char> upper = stackalloc char[LongestName];
        return ToUpper(name, upper, out var length) && TraitNames.TryGetValue(upper[..length], out var trait) ? trait : CommandTrait.None;
    }

    /// <summary>Whether <paramref name="name"/> consists of what names of commands consist of.</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > LongestName || !char.IsAsciiLetter((char)name[0])) return false;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'.' or (byte)'_' or (byte)'-' or (byte)'|')) return false;
        }

        return true;
    }

    private static bool ToUpper(ReadOnlySpan<byte> name, Span<char> upper, out int length)
    {
        length = name.Length;
        return name.Length <= upper.Length && Ascii.ToUpper(name, upper, out _) == System.Buffers.OperationStatus.Done;
    }
}
