using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace Wirehook.Capture.Live;

/// <summary>What people are told when a live capture cannot start.</summary>
internal static class LiveCaptureErrors
{
    /// <summary>The packet socket could not be opened.</summary>
    public static CaptureException Open(string name)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error is not (Libc.NotPermitted or Libc.AccessDenied)) return Setup(name, "a packet socket", error);
        return new CaptureException($"{name}: capturing is not permitted. {Remedy(Environment.ProcessPath)}");
    }

    /// <summary>A step of setting up the ring failed.</summary>
    public static CaptureException Setup(string name, string what, int error)
    {
        var hint = error == Libc.OutOfMemory ? " Choose a smaller ring." : "";
        return new CaptureException($"{name}: {what} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).{hint}");
    }

    /// <summary>There is no such interface.</summary>
    public static CaptureException NoInterface(string name)
    {
        var names = NetworkInterface.GetAllNetworkInterfaces().Select(known => known.Name).Append(PacketRing.AnyInterface);
        return new CaptureException($"{name}: there is no such interface. There are: {string.Join(", ", names)}.");
    }

    /// <summary>How to gain the privilege. A capability on the shared runtime would hand it to every .NET program, so that is never proposed.</summary>
    internal static string Remedy(string? program) =>
        program is null || Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? "Run as root (it needs CAP_NET_RAW)."
            : $"Run as root, or grant the privilege once: sudo setcap cap_net_raw=ep {program}";
}
