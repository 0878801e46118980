namespace Wirehook.Capture.Live;

/// <summary>How a live capture is opened.</summary>
/// <param name="RingBytes">Kernel memory per interface, rounded to whole blocks of 1 MiB.</param>
/// <param name="Promiscuous">Whether interfaces also deliver frames for other hosts (not for <c>any</c>).</param>
/// <param name="BlockMilliseconds">Longest time that a packet waits for its block to fill.</param>
public sealed record LiveCaptureOptions(int RingBytes = 64 << 20, bool Promiscuous = true, int BlockMilliseconds = 50);
