namespace Wirehook.Netlink.Monitor;

/// <summary>A namespace as it was found.</summary>
/// <param name="Name"><c>default</c>, its name under /run/netns, <c>pid-N</c> or <c>nsid-N</c>.</param>
/// <param name="Id">Its id as seen from Wirehook's own; -1 for none.</param>
/// <param name="Inode">The inode of its files; 0 where only the id is known.</param>
/// <param name="IsNew">Whether it came to be while others were followed already.</param>
internal sealed record NamespaceIdentity(string Name, int Id, ulong Inode, bool IsNew = false)
{
    /// <summary>The name of the namespace that Wirehook runs in.</summary>
    public const string Own = "default";
}
