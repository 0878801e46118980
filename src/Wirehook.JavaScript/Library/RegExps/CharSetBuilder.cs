using Wirehook.JavaScript.Library.Text;

namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>Collects ranges of code units into a <see cref="CharSet"/>.</summary>
internal sealed class CharSetBuilder
{
    private readonly List<(char Start, char End)> _ranges = [];

    /// <summary>Adds one code unit.</summary>
    public void Add(char c) => _ranges.Add((c, c));

    /// <summary>Adds a range, both ends included.</summary>
    public void Add(char start, char end) => _ranges.Add((start, end));

    /// <summary>Adds the members of a class escape (§15.10.2.12): d, D, s, S, w or W.</summary>
    public void AddClass(char name) => Add(ClassEscapes.SetOf(name));

    /// <summary>Adds the line terminators.</summary>
    public void AddLineTerminators()
    {
        Add('\n');
        Add('\r');
        Add('\u2028', '\u2029');
    }

    /// <summary>How many ranges the set was put together from so far.</summary>
    public int RangeCount => _ranges.Count;

    /// <summary>Adds every code unit that an ignore-case match treats as equal to a member.</summary>
    public void CloseOverCase()
    {
        Normalize();
        int count = _ranges.Count;
        for (int i = 0; i < count; i++)
        {
            (char start, char end) = _ranges[i];
            AddShifted(start, end, 'A', 'Z', 32);
            AddShifted(start, end, 'a', 'z', -32);
            if (end >= 128) CaseClasses.AddTo(this, start, end);
        }
    }

    /// <summary>Replaces the set by its complement.</summary>
    public void Invert()
    {
        Normalize();
        int next = 0;
        var complement = new List<(char, char)>();
        foreach ((char start, char end) in _ranges)
        {
            if (start > next) complement.Add(((char)next, (char)(start - 1)));
            next = end + 1;
        }
        if (next <= char.MaxValue) complement.Add(((char)next, char.MaxValue));
        _ranges.Clear();
        _ranges.AddRange(complement);
    }

    /// <summary>The set collected so far.</summary>
    public CharSet Build()
    {
        Normalize();
        var starts = new char[_ranges.Count];
        var ends = new char[_ranges.Count];
        for (int i = 0; i < starts.Length; i++) (starts[i], ends[i]) = _ranges[i];
        return new CharSet(starts, ends);
    }

    /// <summary>Adds all ranges of a set.</summary>
    public void Add(CharSet set)
    {
        for (int i = 0; i < set.RangeCount; i++) _ranges.Add(set.Range(i));
    }

    private void AddShifted(char start, char end, char low, char high, int shift)
    {
        int from = Math.Max(start, low);
        int to = Math.Min(end, high);
        if (from <= to) Add((char)(from + shift), (char)(to + shift));
    }

    private void Normalize()
    {
        _ranges.Sort();
        int kept = 0;
        for (int i = 0; i < _ranges.Count; i++)
        {
            if (kept > 0 && _ranges[i].Start <= _ranges[kept - 1].End + 1)
                _ranges[kept - 1] = (_ranges[kept - 1].Start, (char)Math.Max(_ranges[kept - 1].End, _ranges[i].End));
            else
                _ranges[kept++] = _ranges[i];
        }
        _ranges.RemoveRange(kept, _ranges.Count - kept);
    }
}

/// <summary>The sets of the class escapes (§15.10.2.12), made once.</summary>
internal static class ClassEscapes
{
    private static readonly CharSet Digits = Create(builder => builder.Add('0', '9'), inverted: false);
    private static readonly CharSet NotDigits = Create(builder => builder.Add('0', '9'), inverted: true);
    private static readonly CharSet Words = Create(AddWords, inverted: false);
    private static readonly CharSet NotWords = Create(AddWords, inverted: true);
    private static readonly CharSet Spaces = Create(AddSpaces, inverted: false);
    private static readonly CharSet NotSpaces = Create(AddSpaces, inverted: true);

    /// <summary>The set of a class escape: d, D, s, S, w or W.</summary>
    public static CharSet SetOf(char name) => name switch
    {
        'd' => Digits,
        'D' => NotDigits,
        'w' => Words,
        'W' => NotWords,
        's' => Spaces,
        _ => NotSpaces,
    };

    private static CharSet Create(Action<CharSetBuilder> add, bool inverted)
    {
        var builder = new CharSetBuilder();
        add(builder);
        if (inverted) builder.Invert();
        return builder.Build();
    }

    private static void AddWords(CharSetBuilder builder)
    {
        builder.Add('0', '9');
        builder.Add('A', 'Z');
        builder.Add('_');
        builder.Add('a', 'z');
    }

    private static void AddSpaces(CharSetBuilder builder)
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            if (WhiteSpace.Contains((char)c)) builder.Add((char)c);
        }
    }
}

/// <summary>The classes of code units outside ASCII that an ignore-case match treats as equal.</summary>
internal static class CaseClasses
{
    private static readonly Dictionary<char, List<char>> Members = Create();
    private static readonly char First = Members.Keys.Min();
    private static readonly char Last = Members.Keys.Max();

    /// <summary>Adds the equals of every code unit in a range.</summary>
    public static void AddTo(CharSetBuilder builder, char start, char end)
    {
        // A range with all of them holds every one's equals already.
        if (start <= First && end >= Last) return;
        if (end - start < Members.Count)
        {
            for (int c = Math.Max(start, (char)128); c <= end; c++)
            {
                if (Members.TryGetValue((char)c, out List<char>? equals)) Add(builder, equals);
            }
            return;
        }
        foreach ((char c, List<char> equals) in Members)
        {
            if (c >= start && c <= end) Add(builder, equals);
        }
    }

    private static void Add(CharSetBuilder builder, List<char> members)
    {
        foreach (char c in members) builder.Add(c);
    }

    private static Dictionary<char, List<char>> Create()
    {
        var members = new Dictionary<char, List<char>>();
        for (int i = 128; i <= char.MaxValue; i++)
        {
            char c = (char)i;
            char canonical = CaseMapping.Canonicalize(c);
            if (canonical == c) continue;
            if (!members.TryGetValue(canonical, out List<char>? equals)) members[canonical] = equals = [canonical];
            equals.Add(c);
            members[c] = equals;
        }
        return members;
    }
}
