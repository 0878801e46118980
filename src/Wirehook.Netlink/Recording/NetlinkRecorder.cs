using System.Buffers;
using System.Globalization;
using Wirehook.Packets;

namespace Wirehook.Netlink.Recording;

/// <summary>
/// Records netlink datagrams as pcapng with LINKTYPE_NETLINK: one interface per namespace, requests and answers included, so that
/// <see cref="NetlinkReplay"/> gives the same events again and tcpdump and Wireshark read the file. Recording only copies; a thread of its own
/// writes, at least five times a second. What a slow or full disk cannot take is counted, never waited for.
/// </summary>
public sealed class NetlinkRecorder : IDisposable
{
    private const int DefaultMaxPending = 64 << 20;
    private const int WriteThreshold = 256 << 10;
    private const int LargestKeptBuffer = 4 << 20;
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(200);
    private readonly Lock _writing = new();
    private readonly object _gate = new();
    private readonly List<int> _firstNumbers = [];
    private readonly Stream _output;
    private readonly int _maxPending;
    private readonly long _start;
    private readonly Thread _writer;
    private ArrayBufferWriter<byte> _pending = new(WriteThreshold);
    private ArrayBufferWriter<byte> _spare = new(WriteThreshold);
    private long _pendingFrames;
    private long _recorded;
    private long _lost;
    private long _written;
    private bool _stopping;
    private string? _error;

    /// <summary>Records into a stream, which the recorder then owns.</summary>
    /// <param name="output">Where the recording goes, from its present position on.</param>
    /// <param name="maxPending">Bytes that may wait to be written; datagrams beyond are counted as lost.</param>
    public NetlinkRecorder(Stream output, int maxPending = DefaultMaxPending)
    {
        (_output, _maxPending, _start) = (output, maxPending, output.CanSeek ? output.Position : 0);
        PcapngBlocks.WriteSection(_pending);
        _writer = new Thread(WriteUntilStopped) { IsBackground = true, Name = "netlink recorder" };
        _writer.Start();
    }

    /// <summary>Datagrams that the recording took.</summary>
    public long RecordedDatagrams => Interlocked.Read(ref _recorded);

    /// <summary>Datagrams that it could not take: the disk was full, or slower than the events for too long.</summary>
    public long LostDatagrams => Interlocked.Read(ref _lost);

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten => Interlocked.Read(ref _written);

    /// <summary>Why writing stopped; null while it goes on. What was written before stays readable.</summary>
    public string? Error => Volatile.Read(ref _error);

    /// <summary>Starts a recording, replacing the file; readable and writable by its owner only, for it tells much of the machine.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static NetlinkRecorder Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(new FileStream(path, options));
    }

    /// <summary>Begins a namespace's part of the recording. A namespace that was removed and comes back begins anew.</summary>
    /// <param name="name">Its name, as events carry it.</param>
    /// <param name="nsid">Its id as seen from Wirehook's own namespace; -1 where it has none.</param>
    /// <param name="isNew">Whether it came to be while others were recorded already, so that everything in it is news.</param>
    /// <returns>The number to record its datagrams under.</returns>
    public int AddNamespace(string name, int nsid, bool isNew = false) => Add(name, nsid, -1, isNew);

    /// <summary>Goes on with a namespace under another name or id.</summary>
    /// <param name="namespaceNumber">What <see cref="AddNamespace"/> gave.</param>
    /// <param name="name">Its name from now on.</param>
    /// <param name="nsid">Its id from now on.</param>
    /// <returns>The number to record its datagrams under from now on.</returns>
    public int RenameNamespace(int namespaceNumber, string name, int nsid) => Add(name, nsid, namespaceNumber);

    /// <summary>Records one datagram, in the order in which the engine takes them. Copies and returns at once.</summary>
    /// <param name="namespaceNumber">What <see cref="AddNamespace"/> gave.</param>
    /// <param name="protocol">The netlink protocol.</param>
    /// <param name="datagram">The bytes of one socket call.</param>
    /// <param name="at">When it was received or sent.</param>
    /// <param name="outgoing">Whether Wirehook sent it.</param>
    public void Record(int namespaceNumber, int protocol, ReadOnlySpan<byte> datagram, Timestamp at, bool outgoing = false)
    {
        var frameLength = NetlinkFrame.HeaderLength + datagram.Length;
        var blockLength = PcapngBlocks.PacketLength(frameLength);
        lock (_gate)
        {
            if (_error is not null || _stopping || _pending.WrittenCount + blockLength > _maxPending)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            var frame = PcapngBlocks.BeginPacket(_pending, namespaceNumber, at, frameLength);
            NetlinkFrame.WriteHeader(frame, protocol, outgoing);
            datagram.CopyTo(frame[NetlinkFrame.HeaderLength..]);
            var before = _pending.WrittenCount;
            _pending.Advance(blockLength);
            _pendingFrames++;
            if (before < WriteThreshold && _pending.WrittenCount >= WriteThreshold) System.Threading.Monitor.Pulse(_gate);
        }
    }

    /// <summary>Records that messages were lost.</summary>
    /// <param name="namespaceNumber">What <see cref="AddNamespace"/> gave.</param>
    /// <param name="protocol">The netlink protocol.</param>
    /// <param name="lostAtLeast">How many, at least.</param>
    /// <param name="at">When it was noticed.</param>
    public void RecordOverrun(int namespaceNumber, int protocol, long lostAtLeast, Timestamp at)
    {
        Span<byte> message = stackalloc byte[NetlinkFrame.OverrunLength];
        NetlinkFrame.WriteOverrun(message, lostAtLeast);
        Record(namespaceNumber, protocol, message, at);
    }

    /// <summary>Writes what is pending; returns when the file has it, or writing failed.</summary>
    public void Flush() => WritePending();

    /// <summary>Writes what is pending and closes the recording.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
            System.Threading.Monitor.Pulse(_gate);
        }

        _writer.Join();
        WritePending();
        try
        {
            _output.Dispose();
        }
        catch (IOException cause)
        {
            Fail(cause.Message, 0);
        }
    }

    private int Add(string name, int nsid, int earlier, bool isNew = false)
    {
        lock (_gate)
        {
            var number = _firstNumbers.Count;
            var first = earlier < 0 ? number : _firstNumbers[earlier];
            _firstNumbers.Add(first);
            if (_error is null) PcapngBlocks.WriteInterface(_pending, name, new RecordedNamespace(name, nsid, earlier < 0 ? -1 : first, isNew).Describe());
            return number;
        }
    }

    private void WriteUntilStopped()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_stopping) return;
                if (_pending.WrittenCount < WriteThreshold) System.Threading.Monitor.Wait(_gate, WriteInterval);
            }

            WritePending();
        }
    }

    private void WritePending()
    {
        lock (_writing)
        {
            ArrayBufferWriter<byte> taken;
            long frames;
            lock (_gate)
            {
                (taken, _pending) = (_pending, _spare);
                (frames, _pendingFrames) = (_pendingFrames, 0);
            }

            if (_error is not null) Interlocked.Add(ref _lost, frames);
            else if (taken.WrittenCount > 0) Write(taken.WrittenSpan, frames);
            taken.ResetWrittenCount();
            _spare = taken.Capacity > LargestKeptBuffer ? new ArrayBufferWriter<byte>(WriteThreshold) : taken;
        }
    }

    private void Write(ReadOnlySpan<byte> blocks, long frames)
    {
        try
        {
            _output.Write(blocks);
            _output.Flush();
            Interlocked.Add(ref _written, blocks.Length);
            Interlocked.Add(ref _recorded, frames);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Fail(cause.Message, frames);
        }
    }

    /// <summary>Stops recording, and takes a half-written block off the file's end where that can be done.</summary>
    private void Fail(string reason, long frames)
    {
        Interlocked.Add(ref _lost, frames);
        Volatile.Write(ref _error, string.Create(CultureInfo.InvariantCulture, $"the recording stopped after {BytesWritten} bytes: {reason}"));
        try
        {
            if (_output.CanSeek) _output.SetLength(_start + BytesWritten);
        }
        catch (Exception cause) when (cause is IOException or NotSupportedException or ObjectDisposedException)
        {
            // The file keeps a half block, which readers report and pass by; the first reason is the one worth telling.
        }
    }
}
