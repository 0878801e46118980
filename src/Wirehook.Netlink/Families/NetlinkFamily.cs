using System.Reflection;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Families;

/// <summary>What the kernel tells about one kind of object (links, addresses, routes …): its messages, its fields, what its changes mean.
/// Declared in <c>Families/&lt;Name&gt;/</c> with <see cref="NetlinkFamilyAttribute"/>; nothing else names it.</summary>
public abstract class NetlinkFamily
{
    private static readonly NetlinkFamily[] BuiltIn =
    [
        .. typeof(NetlinkFamily).Assembly.GetCustomAttributes<NetlinkFamilyAttribute>()
            .Select(a => (NetlinkFamily)Activator.CreateInstance(a.Family)!)
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every family, by name.</summary>
    public static IReadOnlyList<NetlinkFamily> All => BuiltIn;

    /// <summary>The word before the dot in fields and event names: <c>link</c>, <c>addr</c>, <c>route</c>, <c>neigh</c>, <c>rule</c>, <c>ct</c> …</summary>
    public abstract string Name { get; }

    /// <summary>Other words for it that conditions may use (<c>conntrack</c> for <c>ct</c>, <c>neighbour</c> for <c>neigh</c>).</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The netlink protocol (linux/netlink.h NETLINK_ROUTE …).</summary>
    public virtual int Protocol => NetlinkProtocol.Route;

    /// <summary>The message types that carry its objects.</summary>
    public abstract IReadOnlyList<NetlinkMessageType> Messages { get; }

    /// <summary>Multicast groups that announce its changes (numbers as for NETLINK_ADD_MEMBERSHIP).</summary>
    public abstract IReadOnlyList<int> Groups { get; }

    /// <summary>Whether joining the groups needs CAP_NET_ADMIN; without it the family is left out and said so.</summary>
    public virtual bool NeedsPrivilege => false;

    /// <summary>Whether ordinary traffic causes its events: connections, sockets. What a hook does over the network causes more of them, so a hook gets them only
    /// where its condition or its <c>events</c> name the family (<see cref="IsNamedIn"/>): otherwise a hook for all events would start itself without end.</summary>
    public virtual bool FollowsTraffic => false;

    /// <summary>Whether it is listened to only when somebody names it.</summary>
    public virtual bool IsOnRequest => false;

    /// <summary>Whether the state cache keeps its objects. Families of passing events (conntrack, uevent) do not.</summary>
    public virtual bool IsCached => true;

    /// <summary>Whether its objects cannot outlive their interface, so that they are forgotten with it (addresses, neighbours).</summary>
    public virtual bool DiesWithInterface => false;

    /// <summary>The dump requests that give all its objects, in order: whole netlink messages (header, NLM_F_REQUEST|NLM_F_DUMP, strict-checked body). Empty where there is none.</summary>
    public virtual IReadOnlyList<byte[]> Dumps => [];

    /// <summary>The fields of its objects, in the order of texts and JSON; at most 64.</summary>
    public abstract IReadOnlyList<NetworkField> Fields { get; }

    /// <summary>The event names that it gives, for the catalogue.</summary>
    public abstract IReadOnlyList<EventName> EventNames { get; }

    /// <summary>Symbolic constants that conditions may use for its numbers (<c>IFF_UP</c>, <c>NUD_REACHABLE</c>); message types need not be repeated.</summary>
    public virtual IReadOnlyDictionary<string, long> Constants => new Dictionary<string, long>();

    /// <summary>Whether a condition's text has the family's name, an alias or one of its message types as a word.</summary>
    public bool IsNamedIn(string text) => HasWord(text, Name) || Aliases.Any(a => HasWord(text, a)) || Messages.Any(m => HasWord(text, m.Name));

    /// <summary>Decodes one message body. Unknown attributes are skipped; false where the message is damaged or about something else.</summary>
    /// <param name="message">Header and body.</param>
    /// <param name="decoded">The object; immutable.</param>
    public abstract bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded);

    /// <summary>Decodes one whole datagram of a protocol that sends no netlink messages (NETLINK_KOBJECT_UEVENT sends text); false for every other family.</summary>
    /// <param name="datagram">The bytes of one receive call.</param>
    /// <param name="decoded">The object; immutable.</param>
    public virtual bool TryDecodeDatagram(ReadOnlySpan<byte> datagram, out NetlinkObject decoded)
    {
        decoded = null!;
        return false;
    }

    /// <summary>Whether <paramref name="dumped"/> lies in the scope of the dump that <paramref name="request"/> (header and body) asked for, so that its absence from the answer means it is gone.</summary>
    /// <remarks>Captures hold requests of other programs too, with filters that the answer does not show: unless a family knows better, only its own <see cref="Dumps"/> cover anything.</remarks>
    public virtual bool IsInScope(in NetlinkMessage request, NetlinkObject dumped)
    {
        foreach (var dump in Dumps)
        {
            if (request.Body.SequenceEqual(dump.AsSpan(NetlinkMessage.HeaderLength))) return true;
        }

        return false;
    }

    /// <summary>Bit i is set where <c>Fields[i]</c> is state and differs between two objects of this family. Families with many messages may override it by plain
    /// comparisons that agree.</summary>
    public virtual ulong Compare(NetlinkObject current, NetlinkObject previous)
    {
        var changed = 0UL;
        var fields = Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (!field.IsState) continue;
            if (field.Differs?.Invoke(current, previous) ?? field.Get(current) != field.Get(previous)) changed |= 1UL << i;
        }

        return changed;
    }

    /// <summary>The state that results when <paramref name="decoded"/> is announced about the known <paramref name="cached"/>: itself, or both together where the message tells a part only.</summary>
    public virtual NetlinkObject Merge(NetlinkObject decoded, NetlinkObject cached) => decoded;

    /// <summary>Whether <paramref name="decoded"/> took the place of <paramref name="cached"/>, which has the same <see cref="NetlinkObject.IdentityHash"/> but is
    /// another object. The oldest such one is replaced.</summary>
    /// <param name="decoded">What came instead.</param>
    /// <param name="cached">What was known.</param>
    /// <param name="isAnnounced">Whether the kernel said so (NLM_F_REPLACE); otherwise a dump showed the one before the other.</param>
    public virtual bool Replaces(NetlinkObject decoded, NetlinkObject cached, bool isAnnounced) => false;

    /// <summary>What is left of <paramref name="cached"/> after the deletion of <paramref name="deleted"/> was announced; null, as mostly, for nothing.</summary>
    public virtual NetlinkObject? Remaining(NetlinkObject deleted, NetlinkObject cached) => null;

    /// <summary>Notes which routes may have vanished or changed with this change, since the kernel does not announce that.</summary>
    public virtual void RequestAudit(in NetworkChange change, RouteAudit audit)
    {
    }

    /// <summary>Adds the dump requests that find out whether <paramref name="cached"/> objects vanished or changed by what <paramref name="audit"/> notes; none where
    /// none can have.</summary>
    internal virtual void AddAudits(RouteAudit audit, ObjectTable cached, Queue<byte[]> requests)
    {
    }

    /// <summary>Adds the names of what <paramref name="change"/> means, the most telling first: <c>link.down</c>, <c>link.carrier_lost</c>. At least one.</summary>
    public abstract void Describe(in NetworkChange change, List<string> names);

    private static bool HasWord(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + word.Length;
            if ((at == 0 || !IsWordPart(text[at - 1])) && (end == text.Length || !IsWordPart(text[end]))) return true;
        }

        return false;
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}

/// <summary>Declares a family: <c>[assembly: NetlinkFamily(typeof(LinkFamily))]</c>.</summary>
/// <param name="family">A class derived from <see cref="NetlinkFamily"/> with a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class NetlinkFamilyAttribute(Type family) : Attribute
{
    /// <summary>The family's class.</summary>
    public Type Family { get; } = family;
}
