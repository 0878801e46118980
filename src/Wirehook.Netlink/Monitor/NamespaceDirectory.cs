using System.Runtime.InteropServices;
using Wirehook.Packets;

namespace Wirehook.Netlink.Monitor;

/// <summary>The namespaces of one reader, those with sockets of their own and those that are heard only through Wirehook's own, by their id. The reader's
/// thread alone changes it; any thread may look at <see cref="All"/>.</summary>
internal sealed class NamespaceDirectory(ReaderContext context, int most) : IForeignDatagrams, IDisposable
{
    private const int TypeOffset = 4;
    private readonly Dictionary<int, NamespaceReader?> _byId = [];
    private readonly NamespaceIds _ids = new();
    private NamespaceReader[] _all = [];
    private bool _idsChanged;

    /// <summary>All of them, in the order of their coming.</summary>
    public NamespaceReader[] All => Volatile.Read(ref _all);

    /// <summary>Adds one with sockets. One known so far only by its id gives way.</summary>
    public NamespaceReader Add(NamespaceIdentity identity, NamespaceSockets sockets)
    {
        if (identity.Id >= 0 && _byId.TryGetValue(identity.Id, out var known) && known is not null) Remove(known);
        _byId.Clear();
        return Append(new NamespaceReader(context, identity, sockets));
    }

    /// <summary>Removes the one with this inode, where there is one.</summary>
    public void Remove(ulong inode)
    {
        foreach (var reader in All)
        {
            if (reader.Identity.Inode == inode && reader.Sockets is not null) Remove(reader);
        }
    }

    /// <summary>Where ids were given or withdrawn, asks for all of them again. What was known only by an id that is no more is gone.</summary>
    public void FollowIds()
    {
        if (!_idsChanged) return;
        RefreshIds();
        foreach (var reader in All)
        {
            if (reader.Sockets is null && !_ids.Exists(reader.State.Id)) Remove(reader);
        }
    }

    /// <inheritdoc/>
    public bool TryTake(int namespaceId, int protocol, ReadOnlySpan<byte> datagram, Timestamp at)
    {
        if (namespaceId < 0)
        {
            _idsChanged |= datagram.Length > TypeOffset + 1 && MemoryMarshal.Read<ushort>(datagram[TypeOffset..]) is NamespaceIds.New or NamespaceIds.Deleted;
            return false;
        }

        if (!_byId.TryGetValue(namespaceId, out var reader)) _byId[namespaceId] = reader = Find(namespaceId);

        // What has sockets of its own tells everything there.
        if (reader is { Sockets: null }) reader.TakeForwarded(protocol, datagram, at);
        return true;
    }

    /// <inheritdoc/>
    public void Forget()
    {
        foreach (var reader in All)
        {
            if (reader.Sockets is null) Remove(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reader in All) reader.Dispose();
        Volatile.Write(ref _all, []);
        _ids.Dispose();
    }

    private void RefreshIds()
    {
        _idsChanged = false;
        _byId.Clear();
        foreach (var reader in All)
        {
            if (reader.Sockets is { Queries: [var query, ..] } && reader.Identity.Name != NamespaceIdentity.Own) reader.SetId(_ids.FindOf(query));
        }
    }

    private NamespaceReader? Find(int id)
    {
        RefreshIds();
        foreach (var reader in All)
        {
            if (reader.State.Id == id) return reader;
        }

        return All.Length < most ? Append(new NamespaceReader(context, new NamespaceIdentity($"nsid-{id}", id, 0), null)) : null;
    }

    private NamespaceReader Append(NamespaceReader reader)
    {
        Volatile.Write(ref _all, [.. _all, reader]);
        return reader;
    }

    private void Remove(NamespaceReader reader)
    {
        Volatile.Write(ref _all, [.. _all.Where(r => r != reader)]);
        _byId.Clear();
        reader.Dispose();
    }
}
