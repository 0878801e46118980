using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;

namespace Wirehook.EventHooks.Conditions.Windows;

/// <summary>What a condition with <c>for</c> holds for: the kernel object that an event is about; without one the interface.</summary>
internal readonly struct HoldKey : IEquatable<HoldKey>
{
    private readonly string _namespace;
    private readonly string _interface;
    private readonly NetlinkObject? _subject;

    /// <summary>The key of an event.</summary>
    /// <param name="subject">The event.</param>
    /// <param name="perInterface">Whether events about different objects of one interface share a key, as they must where windows are counted.</param>
    public HoldKey(NetworkEvent subject, bool perInterface)
    {
        _namespace = subject.Namespace;
        _subject = perInterface ? null : subject.Current;
        _interface = _subject is null ? subject.Interface : "";
    }

    /// <inheritdoc/>
    public bool Equals(HoldKey other)
    {
        if (_namespace != other._namespace || _interface != other._interface) return false;
        if (_subject is null || other._subject is null) return ReferenceEquals(_subject, other._subject);
        return ReferenceEquals(_subject.Family, other._subject.Family) && _subject.IsSameObject(other._subject);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HoldKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_namespace, _interface, _subject?.IdentityHash ?? 0);
}
