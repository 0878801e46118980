using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Wirehook.Capture.Tests.Live;

/// <summary>Two network namespaces joined by a veth pair, deleted at the end. A capture is opened inside by a thread that enters one of them.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    /// <summary>The port that <see cref="Send"/> sends to.</summary>
    public const int Port = 9999;

    private const int CloneNewNet = 0x4000_0000;
    private readonly string _id = "whk" + Environment.ProcessId;

    public NetworkNamespace()
    {
        Run("ip", $"netns add {Near}");
        Run("ip", $"netns add {Far}");
        Run("ip", $"link add wna address 02:00:00:00:00:01 netns {Near} type veth peer name wnb address 02:00:00:00:00:02 netns {Far}");
        foreach (var (space, name, address) in new[] { (Near, "wna", "10.99.0.1/24"), (Far, "wnb", "10.99.0.2/24") })
        {
            Run("ip", $"-n {space} addr add {address} dev {name}");
            Run("ip", $"-n {space} link set {name} up");
            Run("ip", $"-n {space} link set lo up");
        }

        // Without these, the first packets would wait for the neighbour's address, or be lost until the kernel has noticed the carrier.
        Run("ip", $"-n {Near} neigh add 10.99.0.2 lladdr 02:00:00:00:00:02 dev wna");
        for (var tries = 0; tries < 100 && !Run("ip", $"-n {Near} link show wna").Contains("state UP", StringComparison.Ordinal); tries++) Thread.Sleep(50);
    }

    public string Near => _id + "a";

    public string Far => _id + "b";

    /// <summary>Runs <paramref name="action"/> on a thread inside the near namespace.</summary>
    public T Inside<T>(Func<T> action) => Inside(Near, action);

    private static T Inside<T>(string space, Func<T> action)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle("/run/netns/" + space);
                if (SetNamespace((int)handle.DangerousGetHandle(), CloneNewNet) != 0) throw new InvalidOperationException("setns failed");
                result = action();
            }
            catch (Exception cause)
            {
                failure = cause;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) throw failure;
        return result;
    }

    /// <summary>Sends datagrams from the near namespace.</summary>
    public void Send(string address, int count, int length) => Inside(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var target = new IPEndPoint(IPAddress.Parse(address), Port);
        for (var i = 0; i < count; i++) socket.SendTo(new byte[length], target);
        return count;
    });

    /// <summary>Sends a frame as it is from the far end of the pair to the near one.</summary>
    public void SendFrame(byte[] frame) => Inside(Far, () =>
    {
        using var socket = new Socket(AddressFamily.Packet, SocketType.Raw, 0);
        var target = new SocketAddress(AddressFamily.Packet, 20);
        BitConverter.TryWriteBytes(target.Buffer.Span[4..], InterfaceIndex("wnb"));
        return socket.SendTo(frame, SocketFlags.None, target);
    });

    public static string Run(string command, string arguments)
    {
        using var process = Start(command, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(20_000)) process.Kill();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{command} {arguments}: {error}");
    }

    public static Process Start(string command, string arguments) =>
        Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    public void Dispose()
    {
        Run("ip", $"netns del {Near}");
        Run("ip", $"netns del {Far}");
    }

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int type);
}
