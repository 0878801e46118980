using System.Buffers.Binary;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>The fields and options of a neighbour discovery message (RFC 4861 §4, RFC 8106 §5.1).</summary>
internal sealed class NeighborDiscovery
{
    private const byte RouterSolicitation = 133;
    private const byte RouterAdvertisement = 134;
    private const byte NeighborSolicitation = 135;
    private const byte NeighborAdvertisement = 136;
    private const byte RedirectMessage = 137;
    private const int AddressLength = 16;
    private readonly List<FieldValue> _prefixes = [];
    private readonly List<FieldValue> _dnsServers = [];

    private NeighborDiscovery()
    {
    }

    public bool IsRouterAdvertisement { get; private init; }

    public string? Target { get; private init; }

    public string? Destination { get; private init; }

    public FieldValue[]? Flags { get; private init; }

    public int HopLimit { get; private init; }

    public int Lifetime { get; private init; }

    public string? LinkLayerAddress { get; private set; }

    public uint Mtu { get; private set; }

    public IReadOnlyList<FieldValue>? Prefixes => _prefixes.Count > 0 ? _prefixes : null;

    public IReadOnlyList<FieldValue>? DnsServers => _dnsServers.Count > 0 ? _dnsServers : null;

    /// <summary>Where in the message the packet lies that a redirect quotes; empty where there is none.</summary>
    public (int Start, int End, bool IsEmpty) RedirectedPacket { get; private set; } = (0, 0, true);

    /// <summary>Reads a message; null where it is none of neighbour discovery, or too short to be one.</summary>
    public static NeighborDiscovery? Read(ReadOnlySpan<byte> message)
    {
        var options = message.IsEmpty ? 0 : message[0] switch
        {
            RouterSolicitation => 8,
            RouterAdvertisement => 16,
            NeighborSolicitation or NeighborAdvertisement => 24,
            RedirectMessage => 40,
            _ => 0,
        };
        if (options == 0 || message.Length < options) return null;
        var hasTarget = message[0] >= NeighborSolicitation;
        var advertises = message[0] == RouterAdvertisement;
        var read = new NeighborDiscovery
        {
            IsRouterAdvertisement = advertises,
            Target = hasTarget ? IpAddress.FromIPv6(message[8..]).ToString() : null,
            Destination = message[0] == RedirectMessage ? IpAddress.FromIPv6(message[24..]).ToString() : null,
            Flags = FlagsOf(message),
            HopLimit = advertises ? message[4] : 0,
            Lifetime = advertises ? BinaryPrimitives.ReadUInt16BigEndian(message[6..]) : 0,
        };
        read.ReadOptions(message, options);
        return read;
    }

    private static FieldValue[]? FlagsOf(ReadOnlySpan<byte> message)
    {
        (int Bit, string Name)[]? names = message[0] switch
        {
            RouterAdvertisement => [(0x80, "managed"), (0x40, "other"), (0x20, "home-agent")],
            NeighborAdvertisement => [(0x80, "router"), (0x40, "solicited"), (0x20, "override")],
            _ => null,
        };
        if (names is null) return null;
        int flags = message[0] == RouterAdvertisement ? message[5] : message[4];
        return [.. names.Where(n => (flags & n.Bit) != 0).Select(n => FieldValue.From(n.Name))];
    }

    private void ReadOptions(ReadOnlySpan<byte> message, int at)
    {
        while (at + 8 <= message.Length)
        {
            var length = message[at + 1] * 8;
            if (length == 0 || at + length > message.Length) return;
            ReadOption(message.Slice(at, length), at);
            at += length;
        }
    }

    private void ReadOption(ReadOnlySpan<byte> option, int at)
    {
        const int RedirectedHeader = 8;
        switch (option[0])
        {
            case 1 or 2:
                LinkLayerAddress ??= ByteText.Hardware(option[2..8]);
                break;
            case 3 when option.Length >= 32:
                _prefixes.Add(FieldValue.From($"{IpAddress.FromIPv6(option[16..])}/{option[2]}"));
                break;
            case 4 when option.Length > RedirectedHeader:
                RedirectedPacket = (at + RedirectedHeader, at + option.Length, false);
                break;
            case 5:
                Mtu = BinaryPrimitives.ReadUInt32BigEndian(option[4..]);
                break;
            case 25:
                for (var i = 8; i + AddressLength <= option.Length; i += AddressLength) _dnsServers.Add(FieldValue.From(IpAddress.FromIPv6(option[i..]).ToString()));
                break;
        }
    }
}
