using System.Globalization;
using System.Runtime.CompilerServices;
using Wirehook.Packets;

namespace Wirehook.Netlink.Events;

/// <summary>What a field of a network event holds.</summary>
public enum NetworkValueKind : byte
{
    /// <summary>The event has no such field, or the kernel did not send the attribute.</summary>
    Absent,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Text.</summary>
    Text,

    /// <summary>An IP address, alone or with the length of its prefix.</summary>
    Address,

    /// <summary>Several texts; a comparison holds when it holds for any of them.</summary>
    List,
}

/// <summary>The value of one field. Reading one allocates nothing.</summary>
public readonly struct NetworkValue : IEquatable<NetworkValue>
{
    private const int WithoutPrefix = -1;
    private const int LongestIPv4Prefix = 32;
    private readonly object? _reference;
    private readonly IpAddress _address;
    private readonly long _number;

    private NetworkValue(NetworkValueKind kind, object? reference, long number, IpAddress address)
    {
        (Kind, _reference, _number, _address) = (kind, reference, number, address);
    }

    /// <summary>No value.</summary>
    public static NetworkValue Absent => default;

    /// <summary>What the value is.</summary>
    public NetworkValueKind Kind { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsPresent => Kind != NetworkValueKind.Absent;

    /// <summary>The number, or 1 and 0 for true and false.</summary>
    public long AsNumber => _number;

    /// <summary>Whether the value is true.</summary>
    public bool AsFlag => Kind == NetworkValueKind.Flag && _number != 0;

    /// <summary>The text of a value of kind Text.</summary>
    public string AsText => Unsafe.As<string>(_reference!);

    /// <summary>The address of a value of kind Address.</summary>
    public IpAddress AsAddress => _address;

    /// <summary>Bits of the prefix of a value of kind Address; -1 where it is an address alone.</summary>
    public int PrefixLength => (int)_number;

    /// <summary>Whether the prefix is one of IPv6 that lies among the mapped IPv4 addresses: its length shows it.</summary>
    internal bool IsMappedPrefix => _address.IsIPv4 && PrefixLength > LongestIPv4Prefix;

    /// <summary>The texts of a value of kind List.</summary>
    public IReadOnlyList<string> AsList => Unsafe.As<IReadOnlyList<string>>(_reference!);

    /// <summary>A number.</summary>
    public static NetworkValue From(long value) => new(NetworkValueKind.Number, null, value, default);

    /// <summary>A number; null is absent.</summary>
    public static NetworkValue From(long? value) => value is { } number ? From(number) : default;

    /// <summary>True or false.</summary>
    public static NetworkValue From(bool value) => new(NetworkValueKind.Flag, null, value ? 1 : 0, default);

    /// <summary>Text; null is absent.</summary>
    public static NetworkValue From(string? value) => value is null ? default : new(NetworkValueKind.Text, value, 0, default);

    /// <summary>An address alone; null is absent.</summary>
    public static NetworkValue From(IpAddress? value) => value is { } address ? new(NetworkValueKind.Address, null, WithoutPrefix, address) : default;

    /// <summary>An address with the length of its prefix in bits (of 32 for IPv4, of 128 for IPv6).</summary>
    public static NetworkValue From(IpAddress value, int prefixLength) => new(NetworkValueKind.Address, null, prefixLength, value);

    /// <summary>Texts; null is absent.</summary>
    public static NetworkValue From(IReadOnlyList<string>? value) => value is null ? default : new(NetworkValueKind.List, value, 0, default);

    /// <inheritdoc/>
    public bool Equals(NetworkValue other)
    {
        if (Kind != other.Kind || _number != other._number || _address != other._address) return false;
        return Kind switch
        {
            NetworkValueKind.Text => string.Equals(AsText, other.AsText, StringComparison.Ordinal),
            NetworkValueKind.List => ReferenceEquals(_reference, other._reference) || AsList.SequenceEqual(other.AsList, StringComparer.Ordinal),
            _ => true,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind == NetworkValueKind.Text ? AsText.GetHashCode(StringComparison.Ordinal) : HashCode.Combine(Kind, _number, _address);

    /// <summary>As people read it: <c>1500</c>, <c>true</c>, <c>eth0</c>, <c>10.0.0.0/8</c>, <c>a,b</c>; empty where absent.</summary>
    public override string ToString() => Kind switch
    {
        NetworkValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        NetworkValueKind.Flag => AsFlag ? "true" : "false",
        NetworkValueKind.Text => AsText,
        NetworkValueKind.Address when PrefixLength == WithoutPrefix => _address.ToString(),
        NetworkValueKind.Address => string.Create(CultureInfo.InvariantCulture, $"{(IsMappedPrefix ? "::ffff:" : "")}{_address}/{PrefixLength}"),
        NetworkValueKind.List => string.Join(',', AsList),
        _ => "",
    };

    /// <summary>Whether both are equal.</summary>
    public static bool operator ==(NetworkValue left, NetworkValue right) => left.Equals(right);

    /// <summary>Whether both differ.</summary>
    public static bool operator !=(NetworkValue left, NetworkValue right) => !left.Equals(right);
}
