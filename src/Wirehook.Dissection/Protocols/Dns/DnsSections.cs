using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>One entry of the question section; the name is read from its place in the message.</summary>
internal readonly record struct DnsQuestionEntry(int NameOffset, ushort Type, ushort Class);

/// <summary>One resource record; name and data are read from their places in the message.</summary>
internal readonly record struct DnsRecordEntry(int NameOffset, ushort Type, ushort Class, uint TimeToLive, int DataOffset, int DataLength);

/// <summary>Walks the entries of a message in order and stops at the first one that is malformed or cut off.</summary>
internal ref struct DnsSections(ReadOnlySpan<byte> message, int offset = DnsHeader.Length)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next entry starts.</summary>
    public int Offset { get; private set; } = offset;

    /// <summary>Reads one question and moves behind it.</summary>
    public bool TryReadQuestion(out DnsQuestionEntry question)
    {
        var at = Offset;
        if (!DnsName.TrySkip(_message, ref at) || at + 4 > _message.Length)
        {
            question = default;
            return false;
        }

        question = new DnsQuestionEntry(Offset, ReadUInt16(at), ReadUInt16(at + 2));
        Offset = at + 4;
        return true;
    }

    /// <summary>Reads one record and moves behind it.</summary>
    public bool TryReadRecord(out DnsRecordEntry record)
    {
        var at = Offset;
        if (DnsName.TrySkip(_message, ref at) && at + 10 <= _message.Length)
        {
            int dataLength = ReadUInt16(at + 8);
            if (at + 10 + dataLength <= _message.Length)
            {
                var timeToLive = BinaryPrimitives.ReadUInt32BigEndian(_message[(at + 4)..]);
                record = new DnsRecordEntry(Offset, ReadUInt16(at), ReadUInt16(at + 2), timeToLive, at + 10, dataLength);
                Offset = at + 10 + dataLength;
                return true;
            }
        }

        record = default;
        return false;
    }

    /// <summary>Moves behind <paramref name="count"/> questions; false where one of them does not parse.</summary>
    public bool TrySkipQuestions(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TryReadQuestion(out _)) return false;
        }

        return true;
    }

    /// <summary>Moves behind <paramref name="count"/> records; false where one of them does not parse.</summary>
    public bool TrySkipRecords(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TryReadRecord(out _)) return false;
        }

        return true;
    }

    private readonly ushort ReadUInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_message[at..]);
}
