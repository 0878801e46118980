using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>The header of an event of the binary log (MySQL Internals, "Binlog Event Header"), behind one byte that says that it is no error.</summary>
internal sealed class MySqlBinlogEvent(ReadOnlyMemory<byte> packet) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MySqlBinlogEvent", "The header of an event of the binary log.",
    [
        new("type", "number", "The event's type.", static r => FieldValue.From((double)((MySqlBinlogEvent)r).Number(5, 1))),
        new("timestamp", "number", "When the statement began, in seconds since 1970 UTC.", static r => FieldValue.From((double)((MySqlBinlogEvent)r).Number(1, 4))),
        new("serverId", "number", "The server that wrote it.", static r => FieldValue.From((double)((MySqlBinlogEvent)r).Number(6, 4))),
        new("size", "number", "Bytes of the event.", static r => FieldValue.From((double)((MySqlBinlogEvent)r).Number(10, 4))),
        new("nextPosition", "number", "Where the next event starts in the log.", static r => FieldValue.From((double)((MySqlBinlogEvent)r).Number(14, 4))),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private uint Number(int offset, int size)
    {
        var data = packet.Span;
        if (offset + size > data.Length) return 0;
        return size == 1 ? data[offset] : BinaryPrimitives.ReadUInt32LittleEndian(data[offset..]);
    }
}
