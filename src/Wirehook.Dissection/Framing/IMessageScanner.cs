namespace Wirehook.Dissection.Framing;

/// <summary>How far a scan came.</summary>
internal enum ScanResult : byte
{
    /// <summary>The message goes on behind the bytes at hand.</summary>
    Incomplete,

    /// <summary>The message's last byte was seen.</summary>
    Complete,

    /// <summary>The bytes are not of the protocol.</summary>
    Invalid,
}

/// <summary>Finds the end of one message after the other in a direction's bytes, in any number of steps and with bounded state; the default value is at a message's start.</summary>
internal interface IMessageScanner
{
    /// <summary>Bytes that are known to belong to the current message, behind those that were scanned.</summary>
    long Outstanding { get; }

    /// <summary>Goes on from <paramref name="at"/>, and moves it behind what is understood.</summary>
    /// <param name="data">The message's bytes, as far as they were not digested.</param>
    /// <param name="at">How many of them are understood.</param>
    ScanResult Scan(ReadOnlySpan<byte> data, ref int at);

    /// <summary>Passes over bytes that are missing. False where the message may end among them.</summary>
    /// <param name="missing">How many, at least 1.</param>
    bool Skip(long missing);
}
