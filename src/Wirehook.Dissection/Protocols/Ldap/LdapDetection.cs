using Wirehook.Dissection.Contract;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Recognises LDAP by the structure of a message: nested lengths that agree, a number, an operation, and how the operation begins.</summary>
internal static class LdapDetection
{
    private const int LongestProof = 32;

    /// <summary>Whether a stream that begins so is LDAP's.</summary>
    public static Detection Detect(in StreamOpening opening)
    {
        var forward = Check(opening.Forward);
        var reverse = Check(opening.Reverse);
        if (forward == Detection.Likely || reverse == Detection.Likely) return Detection.Likely;
        return !opening.Final && (forward == Detection.NeedMore || reverse == Detection.NeedMore) ? Detection.NeedMore : Detection.No;
    }

    /// <summary>Whether a datagram is CLDAP's: it holds whole messages and nothing else.</summary>
    public static Detection Detect(in DatagramOpening opening)
    {
        if (Check(opening.Data) != Detection.Likely) return Detection.No;
        if (opening.PortMatches) return Detection.Likely;
        return BerReader.TryReadHeader(opening.Data, out var header, out var length, out _) && header + length <= opening.Data.Length && opening.Missing == 0 ? Detection.Likely : Detection.No;
    }

    /// <summary>Whether a message begins with <paramref name="data"/>.</summary>
    public static bool IsMessageStart(ReadOnlySpan<byte> data) => Check(data) == Detection.Likely;

    /// <summary>The direction of the requests, as far as operations and ports tell; the initiator's otherwise.</summary>
    public static Direction FindClient(Direction direction, ReadOnlySpan<byte> data)
    {
        if (!LdapMessage.TryRead(data, out var message)) return Direction.Forward;
        return message.IsRequest ? direction : direction ^ Direction.Reverse;
    }

    private static Detection Check(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] != BerReader.Sequence) return Detection.No;
        if (!BerReader.TryReadHeader(data, out var header, out var length, out var open)) return open ? Detection.NeedMore : Detection.No;
        var proof = (int)Math.Min(LongestProof, header + length);
        if (data.Length > header && data[header] != BerReader.Integer) return Detection.No;
        if (data.Length < proof) return Detection.NeedMore;
        return IsMessage(data[header..], length) ? Detection.Likely : Detection.No;
    }

    private static bool IsMessage(ReadOnlySpan<byte> rest, long length)
    {
        // The number: up to 2³¹ - 1, in no more bytes than it takes, though some clients use four always.
        if (rest.Length < 5 || rest[1] is 0 or > 4 || (rest[2] & 0x80) != 0) return false;
        var number = 2 + rest[1];
        rest = rest[number..];
        if (rest.Length < 2 || !LdapMessage.TryReadTag(rest[0], out var operation)) return false;
        if (!BerReader.TryReadHeader(rest, out var header, out var operationLength, out _)) return false;
        // Controls may follow the operation, and nothing else.
        var behind = length - number - header - operationLength;
        if (behind < 0 || (behind == 0 ? operationLength == 0 && operation != LdapOperation.UnbindRequest && !IsEmptyAllowed(operation) : behind < 2)) return false;
        var content = rest[header..];
        if (behind > 0 && content.Length > operationLength && content[(int)operationLength] != 0xa0) return false;
        return IsOperation(operation, content, operationLength);
    }

    private static bool IsEmptyAllowed(LdapOperation operation) => operation is LdapOperation.DeleteRequest or LdapOperation.IntermediateResponse;

    private static bool IsOperation(LdapOperation operation, ReadOnlySpan<byte> content, long length)
    {
        switch (operation)
        {
            case LdapOperation.BindRequest:
                return content is [BerReader.Integer, 1, 2 or 3, BerReader.OctetString, ..];
            case LdapOperation.UnbindRequest:
                return length == 0;
            case LdapOperation.DeleteRequest:
                return content[..(int)Math.Min(length, content.Length)].IndexOfAnyInRange((byte)0, (byte)31) < 0;
            case LdapOperation.AbandonRequest:
                return length is >= 1 and <= 4;
            case LdapOperation.ExtendedRequest:
                return content.Length > 2 && content[0] == 0x80 && char.IsAsciiDigit((char)content[2]);
            case LdapOperation.IntermediateResponse:
                return length == 0 || content[0] is 0x80 or 0x81;
            case LdapOperation.SearchRequest or LdapOperation.SearchResultEntry or LdapOperation.SearchResultReference or LdapOperation.ModifyRequest
                or LdapOperation.AddRequest or LdapOperation.ModifyDnRequest or LdapOperation.CompareRequest:
                return content.Length > 1 && content[0] == BerReader.OctetString && BerReader.TryReadHeader(content, out _, out var name, out _) && name <= length;
            default:
                return content is [BerReader.Enumerated, 1, _, BerReader.OctetString, ..];
        }
    }
}
