namespace Wirehook.Netlink.Families;

/// <summary>Names of interfaces by index, of one namespace.</summary>
public interface IInterfaceNames
{
    /// <summary>The name, also of an interface that is gone; null where it was never known.</summary>
    string? NameOf(int interfaceIndex);
}

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

    /// <summary>Whether it is passing by its nature (a cached route exception), so that no state is kept of it.</summary>
    public virtual bool IsTransient => false;

    /// <summary>What it was before, as far as the announcement itself tells; null where that tells nothing, or that it is new. Asked for only where nothing is known of it.</summary>
    public virtual NetlinkObject? Before => null;

    /// <summary>Whether the message told a part only, to be merged with what is known; nothing is kept of it alone.</summary>
    public virtual bool IsPartial => false;

    /// <summary>Whether it is the interface itself, so that its removal removes the interface.</summary>
    public virtual bool OwnsInterface => false;

    /// <summary>Looks up the names of other interfaces that it refers to by index. Called once, before anyone else sees the object.</summary>
    public virtual void ResolveNames(IInterfaceNames names)
    {
    }
}
