using System.Globalization;

namespace Wirehook.JavaScript.Syntax;

/// <summary>Character classes of the lexical grammar (ECMA-262 5.1 §7.2, §7.3, §7.6).</summary>
internal static class Characters
{
    public static bool IsWhiteSpace(char c) => c switch
    {
        ' ' or '\t' or '\v' or '\f' or '\u00A0' or '\uFEFF' => true,
        < '\u0100' => false,
        _ => char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator,
    };

    public static bool IsIdentifierStart(int c) => c < 128
        ? (uint)((c | 0x20) - 'a') < 26 || c is '$' or '_'
        : CharUnicodeInfo.GetUnicodeCategory(c) <= UnicodeCategory.OtherLetter || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    public static bool IsIdentifierPart(int c)
    {
        if (c < 128) return (uint)((c | 0x20) - 'a') < 26 || (uint)(c - '0') < 10 || c is '$' or '_';
        if (c is 0x200C or 0x200D) return true;
        return CharUnicodeInfo.GetUnicodeCategory(c) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
    }

    /// <summary>The value of a digit in bases up to 36, or 99.</summary>
    public static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => 99,
    };
}
