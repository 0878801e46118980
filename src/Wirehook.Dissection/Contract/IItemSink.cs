using Wirehook.Dissection.Items;

namespace Wirehook.Dissection.Contract;

/// <summary>Takes the items that dissection makes.</summary>
public interface IItemSink
{
    /// <summary>An item is complete. Called on the capture's thread, in order of emission; the item may be kept and read later by one thread at a time.</summary>
    /// <param name="item">The item.</param>
    void OnItem(Item item);
}
