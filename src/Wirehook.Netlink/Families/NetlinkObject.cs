namespace Wirehook.Netlink.Families;

/// <summary>The state of one kernel object as one message gave it: a link, an address, a route. Immutable, so that events may hold it.</summary>
public abstract class NetlinkObject
{
    /// <summary>Its family.</summary>
    public abstract NetlinkFamily Family { get; }

    /// <summary>The index of the interface that it belongs to; 0 for none.</summary>
    public virtual int InterfaceIndex => 0;

    /// <summary>The interface's name where the message itself carries it; null where it must be looked up by index.</summary>
    public virtual string? InterfaceName => null;

    /// <summary>Whether <paramref name="other"/>, of the same family, describes the same kernel object (whatever its state).</summary>
    public abstract bool IsSameObject(NetlinkObject other);

    /// <summary>A hash that agrees with <see cref="IsSameObject"/>.</summary>
    public abstract int IdentityHash { get; }

    /// <summary>The object in words, as <see cref="Events.EventText"/> prints it: every field that is set unless the family knows better. Holds no control characters.</summary>
    public override string ToString() => Events.ObjectText.Describe(this);
}
