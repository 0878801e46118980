namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>The flags of a regular expression.</summary>
[Flags]
internal enum RegExpFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary><c>g</c>: successive matches by <c>lastIndex</c>.</summary>
    Global = 1,

    /// <summary><c>i</c>: letters match in either case.</summary>
    IgnoreCase = 2,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> match at line ends.</summary>
    Multiline = 4,

    /// <summary><c>y</c>: a match begins exactly at <c>lastIndex</c>.</summary>
    Sticky = 8,

    /// <summary><c>s</c>: the dot matches line terminators as well.</summary>
    DotAll = 16,
}

/// <summary>Reads the flags text of a regular expression.</summary>
internal static class RegExpFlagsText
{
    /// <summary>False for an unknown or repeated flag.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RegExpFlags flags)
    {
        flags = RegExpFlags.None;
        foreach (char c in text)
        {
            RegExpFlags flag = c switch
            {
                'g' => RegExpFlags.Global,
                'i' => RegExpFlags.IgnoreCase,
                'm' => RegExpFlags.Multiline,
                'y' => RegExpFlags.Sticky,
                's' => RegExpFlags.DotAll,
                _ => RegExpFlags.None,
            };
            if (flag == RegExpFlags.None || (flags & flag) != 0) return false;
            flags |= flag;
        }
        return true;
    }

    /// <summary>The message for a text that <see cref="TryParse"/> refuses: names the flag that later editions have.</summary>
    public static string WhatIsWrong(ReadOnlySpan<char> text)
    {
        int later = text.IndexOfAny('d', 'u', 'v');
        return later < 0 ? "Invalid regular expression flags" : $"The regular expression flag '{text[later]}' is not supported";
    }

    /// <summary>The flags in alphabetical order, as the <c>flags</c> property gives them.</summary>
    public static string Format(RegExpFlags flags)
    {
        Span<char> text = stackalloc char[5];
        int length = 0;
        if ((flags & RegExpFlags.Global) != 0) text[length++] = 'g';
        if ((flags & RegExpFlags.IgnoreCase) != 0) text[length++] = 'i';
        if ((flags & RegExpFlags.Multiline) != 0) text[length++] = 'm';
        if ((flags & RegExpFlags.DotAll) != 0) text[length++] = 's';
        if ((flags & RegExpFlags.Sticky) != 0) text[length++] = 'y';
        return new string(text[..length]);
    }
}
