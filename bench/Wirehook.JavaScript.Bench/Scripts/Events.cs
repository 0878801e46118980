using Wirehook.Packets;
using Wirehook.Scripting;

/// <summary>Batches of events as capture hands them to scripts.</summary>
internal static class Events
{
    internal static EventBatch Create(int packets, int items)
    {
        var batch = new EventBatch();
        for (int i = 0; i < packets; i++) batch.AddPacket(new PacketHeader(default, 512, 512, LinkType.Ethernet));
        if (items > 0)
        {
            foreach (var item in BenchItems.Create(items)) batch.AddItem(item, default);
        }
        return batch;
    }
}

/// <summary>Takes what scripts print and forgets it.</summary>
internal sealed class SilentConsole : IScriptConsole
{
    public void Write(in ConsoleLine line)
    {
    }
}
