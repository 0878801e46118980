namespace Wirehook.JavaScript.Library.RegExps;

/// <summary>An immutable set of code units: a bitmap for Latin-1, sorted ranges above it.</summary>
internal sealed class CharSet
{
    private readonly char[] _starts;
    private readonly char[] _ends;
    private readonly ulong _bits0;
    private readonly ulong _bits1;
    private readonly ulong _bits2;
    private readonly ulong _bits3;

    internal CharSet(char[] starts, char[] ends)
    {
        _starts = starts;
        _ends = ends;
        Span<ulong> bits = stackalloc ulong[4];
        for (int i = 0; i < starts.Length && starts[i] < 256; i++)
        {
            for (int c = starts[i]; c <= Math.Min(ends[i], (char)255); c++) bits[c >> 6] |= 1UL << (c & 63);
        }
        (_bits0, _bits1, _bits2, _bits3) = (bits[0], bits[1], bits[2], bits[3]);
    }

    /// <summary>How many ranges make up the set.</summary>
    public int RangeCount => _starts.Length;

    /// <summary>How many code units the set holds.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < _starts.Length; i++) count += _ends[i] - _starts[i] + 1;
            return count;
        }
    }

    /// <summary>The range at an index, both ends included.</summary>
    public (char Start, char End) Range(int index) => (_starts[index], _ends[index]);

    /// <summary>Whether the code unit belongs to the set.</summary>
    public bool Contains(char c)
    {
        if (c < 256)
        {
            ulong bits = c < 128 ? (c < 64 ? _bits0 : _bits1) : (c < 192 ? _bits2 : _bits3);
            return ((bits >> (c & 63)) & 1) != 0;
        }
        return ContainsAboveLatin1(c);
    }

    private bool ContainsAboveLatin1(char c)
    {
        int low = 0;
        int high = _starts.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            if (c < _starts[middle]) high = middle - 1;
            else if (c > _ends[middle]) low = middle + 1;
            else return true;
        }
        return false;
    }
}
