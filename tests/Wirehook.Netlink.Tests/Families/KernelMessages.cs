using System.Globalization;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Families;

/// <summary>What a kernel really announced, by the command that caused it.</summary>
internal static class KernelMessages
{
    public static IReadOnlyList<(string Command, int Protocol, byte[] Datagram)> All { get; } =
    [
        .. File.ReadLines(Path.Combine(RepositoryFiles.Root, "tests/Wirehook.Netlink.Tests/Families/kernel-messages.txt"))
            .Where(l => !l.StartsWith('#')).Select(l => l.Split(" | ")).Select(p => (p[0], int.Parse(p[1], CultureInfo.InvariantCulture), Convert.FromHexString(p[2]))),
    ];

    /// <summary>The events of these commands, in a namespace where nothing is known before.</summary>
    public static NetworkEvent[] EventsOf(params string[] commands)
    {
        Assert.All(commands, c => Assert.Contains(All, m => m.Command == c));
        var engine = new NetlinkEngine(new());
        var ns = engine.AddNamespace("default", -1);
        var events = new List<NetworkEvent>();
        foreach (var (command, protocol, datagram) in All)
        {
            if (commands.Contains(command)) engine.Process(ns, protocol, datagram, new Timestamp(events.Count), events);
        }

        return [.. events];
    }

    /// <summary>The events of one datagram, in a namespace where nothing is known before.</summary>
    public static NetworkEvent[] EventsOf(int protocol, byte[] datagram)
    {
        var engine = new NetlinkEngine(new());
        var events = new List<NetworkEvent>();
        engine.Process(engine.AddNamespace("default", -1), protocol, datagram, default, events);
        return [.. events];
    }

    /// <summary>A field of an event by any of its spellings, as text; empty where absent.</summary>
    public static string Read(NetworkEvent e, string name)
    {
        var field = EventSchema.Find(name);
        Assert.True(field is not null, $"no field {name}");
        return field.Get(e).ToString();
    }

    /// <summary>Several fields of one family.</summary>
    public static string[] Read(NetworkEvent e, params string[] names) => [.. names.Select(n => Read(e, n))];
}
