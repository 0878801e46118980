using System.Text;
using Wirehook.Netlink.Events;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.State;

/// <summary>What Linux 6.18 announced for a series of <c>ip</c> commands in a fresh namespace, and the events that this must give.</summary>
public class KernelTranscriptTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Netlink.Tests", "Goldens");

    [Fact]
    public void Every_command_gives_the_events_that_it_means()
    {
        var actual = Replay(File.ReadLines(Path.Combine(Folder, "kernel.hex")));
        var expected = File.ReadAllText(Path.Combine(Folder, "kernel.events"));
        if (actual != expected) File.WriteAllText(Path.Combine(Path.GetTempPath(), "kernel.events.actual"), actual);
        Assert.Equal(expected, actual);
    }

    private static string Replay(IEnumerable<string> lines)
    {
        var engine = new TestEngine().Loaded();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.StartsWith('#')) text.Append(line).Append('\n');
            else foreach (var e in engine.Feed(Convert.FromHexString(line))) Append(text, e);
        }

        return text.ToString();
    }

    /// <summary>Names, interface, the object's identity, and each change as old → new.</summary>
    private static void Append(StringBuilder text, NetworkEvent e)
    {
        text.Append("  ").AppendJoin(' ', e.Events).Append(" [").Append(e.Interface).Append("] ").Append(Subject(e));
        foreach (var (field, i) in e.Family!.Fields.Select((f, i) => (f, i)).Where(f => (e.Changed & 1UL << f.i) != 0))
            text.Append("; ").Append(field.Name).Append(": ").Append(field.Get(e.Previous!)).Append(" → ").Append(field.Get(e.Current!));
        text.Append('\n');
    }

    private static string Subject(NetworkEvent e)
    {
        string[] names = e.Family!.Name switch
        {
            "addr" => ["address", "peer", "label"],
            "route" => ["dst", "gateway", "oif", "table", "priority", "nexthops"],
            "neigh" => ["dst", "lladdr", "state", "vlan"],
            _ => ["state"],
        };
        return string.Join(' ', e.Family.Fields.Where(f => names.Contains(f.Name)).Select(f => f.Get(e.Current!)).Where(v => v.IsPresent));
    }
}
