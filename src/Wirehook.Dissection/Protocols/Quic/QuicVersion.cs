using System.Globalization;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>What Initial packets of a version are protected by: a salt that everybody knows (RFC 9001 §5.2, RFC 9369 §3.3), and the labels of the keys.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Salt">The salt.</param>
/// <param name="IsVersion2">Whether types and labels are those of version 2.</param>
internal sealed record QuicVersion(string Name, byte[] Salt, bool IsVersion2)
{
    private const uint Version1 = 1;
    private const uint Version2 = 0x6B33_43CF;
    private const uint FirstDraft2 = 0x709A_50C4;
    private const uint Drafts = 0xFF00_0000;

    private static readonly byte[] SaltOf1 = Convert.FromHexString("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
    private static readonly byte[] SaltOf2 = Convert.FromHexString("0dede3def700a6db819381be6e269dcbf9bd2ed9");
    private static readonly byte[] SaltOfDrafts29 = Convert.FromHexString("afbfec289993d24c9e9786f19c6111e04390a899");
    private static readonly byte[] SaltOfDrafts23 = Convert.FromHexString("c3eef712c72ebb5a11a7d2432bb46365bef9f502");
    private static readonly byte[] SaltOfFirstDraft2 = Convert.FromHexString("a707c203a59b47184a1d62ca570406ea7ae3e5d3");
    private static readonly QuicVersion First = new("QUIC 1", SaltOf1, false);
    private static readonly QuicVersion Second = new("QUIC 2", SaltOf2, true);
    private static readonly QuicVersion SecondDraft = new("QUIC 2 draft", SaltOfFirstDraft2, true);

    /// <summary>The labels of key, IV and header protection begin with it.</summary>
    public string LabelPrefix => IsVersion2 ? "quicv2 " : "quic ";

    /// <summary>What <paramref name="version"/> is; null where its Initial packets cannot be read.</summary>
    public static QuicVersion? Of(uint version) => version switch
    {
        Version1 => First,
        Version2 => Second,
        FirstDraft2 => SecondDraft,
        >= Drafts + 33 and <= Drafts + 34 => Draft(version, SaltOf1),
        >= Drafts + 29 and <= Drafts + 32 => Draft(version, SaltOfDrafts29),
        >= Drafts + 23 and <= Drafts + 28 => Draft(version, SaltOfDrafts23),
        _ => null,
    };

    /// <summary>The name of a version, also of one that cannot be read.</summary>
    public static string NameOf(uint version)
    {
        if (Of(version) is { } known) return known.Name;
        // Versions of this form exist to be refused (RFC 9000 §15).
        return (version & 0x0F0F_0F0F) == 0x0A0A_0A0A ? "GREASE" : "0x" + version.ToString("x8", CultureInfo.InvariantCulture);
    }

    private static QuicVersion Draft(uint version, byte[] salt) => new("QUIC 1 draft " + (version & 0xFF).ToString(CultureInfo.InvariantCulture), salt, false);
}
