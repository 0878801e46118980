using System.Globalization;
using System.Text;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>A table, chain, rule, set, list of elements, stateful object, flowtable or generation of nftables.</summary>
internal sealed class NftObject(NetlinkFamily family, NftKind kind, byte addressFamily) : NetlinkObject
{
    /// <inheritdoc/>
    public override NetlinkFamily Family { get; } = family;

    /// <inheritdoc/>
    public override string? InterfaceName => Devices is [var first, ..] ? first : null;

    /// <inheritdoc/>
    public override int IdentityHash => HashCode.Combine(Kind, Table, Chain, Name, Handle);

    public NftKind Kind { get; } = kind;

    public byte AddressFamily { get; } = addressFamily;

    public string? Table { get; set; }

    public string? Chain { get; set; }

    public string? Name { get; set; }

    public ulong? Handle { get; set; }

    public ulong? Position { get; set; }

    public uint? Flags { get; set; }

    public uint? Use { get; set; }

    public string? Type { get; set; }

    public uint? Policy { get; set; }

    public uint? HookNumber { get; set; }

    public int? Priority { get; set; }

    public IReadOnlyList<string>? Devices { get; set; }

    public IReadOnlyList<string>? Expressions { get; set; }

    public IReadOnlyList<string>? Elements { get; set; }

    public long? ElementCount { get; set; }

    public uint? KeyLength { get; set; }

    public string? Comment { get; set; }

    public uint? Generation { get; set; }

    public uint? ProcessId { get; set; }

    public string? ProcessName { get; set; }

    /// <summary>Where a base chain hooks in: <c>input</c>.</summary>
    public string? Hook => HookNumber is { } number ? NftNames.Hook(AddressFamily, number) : null;

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) => other is NftObject o && o.Kind == Kind && o.AddressFamily == AddressFamily
        && o.Table == Table && o.Chain == Chain && o.Name == Name && o.Handle == Handle && o.Kind != NftKind.Element;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Kind == NftKind.Generation)
        {
            text.Append(CultureInfo.InvariantCulture, $"generation {Generation}");
            AppendWord(text, "by", ProcessName);
            return text.ToString();
        }

        text.Append(NftNames.Kind(Kind)).Append(' ').Append(NftNames.Family(AddressFamily));
        AppendWord(text, "", Table);
        AppendWord(text, "", Chain);
        AppendWord(text, "", Name);
        if (Hook is { } hook) text.Append(CultureInfo.InvariantCulture, $" hook {hook} priority {Priority}");
        if (Policy is { } policy) text.Append(" policy ").Append(policy == 0 ? "drop" : "accept");
        AppendWord(text, "", Expressions is { } expressions ? string.Join(' ', expressions) : null);
        AppendWord(text, "", Elements is { } elements ? "{ " + string.Join(", ", elements) + " }" : null);
        AppendWord(text, "comment", Comment);
        if (Handle is { } handle) text.Append(CultureInfo.InvariantCulture, $" handle {handle}");
        return text.ToString();
    }

    private static void AppendWord(StringBuilder text, string label, string? word)
    {
        if (string.IsNullOrEmpty(word)) return;
        text.Append(' ').Append(label).Append(label.Length > 0 ? " " : "");
        ObjectText.AppendEscaped(text, word);
    }
}
