namespace Wirehook.JavaScript.Library.Dates;

/// <summary>
/// Understands the dates that people and mail write: RFC 2822, what <c>toString</c> and <c>toUTCString</c> give, <c>11/20/2026 10:51 PM</c>,
/// <c>Nov 20, 2026</c>. Unknown words before the first number and texts in parentheses are passed over; without an offset the time is local.
/// </summary>
internal ref struct LegacyDateParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _month;
    private int _dayCount;
    private int _timeCount;
    private bool _hasZone;
    private double _zoneMinutes;
    private int _hourShift;
    private readonly Span<double> _days;
    private readonly Span<double> _times;

    private LegacyDateParser(ReadOnlySpan<char> text, Span<double> days, Span<double> times)
    {
        _text = text;
        _days = days;
        _times = times;
        _month = -1;
        _hourShift = -1;
    }

    /// <summary>The time value of a text, or NaN.</summary>
    internal static double Parse(string text, TimeZoneInfo zone)
    {
        var parser = new LegacyDateParser(text, stackalloc double[3], stackalloc double[4]);
        return parser.Read() ? parser.Compose(zone) : double.NaN;
    }

    private bool Read()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            bool understood = true;
            if (char.IsAsciiDigit(c))
                understood = ReadNumber();
            else if (char.IsAsciiLetter(c))
                understood = ReadWord();
            else if (c is '+' or '-' && (_timeCount > 0 || _hasZone))
                understood = ReadOffset();
            else if (c == '(')
                SkipParentheses();
            else
                _at++;
            if (!understood)
                return false;
        }
        return _dayCount > 0;
    }

    private bool ReadNumber()
    {
        double value = TakeDigits(out _);
        char next = _at < _text.Length ? _text[_at] : '\0';
        bool inTime = _timeCount is > 0 and < 3 && _at > 0 && PrecedingSeparator() == ':';
        if (next == ':' && _timeCount == 0)
        {
            _times[_timeCount++] = value;
            _at++;
            return true;
        }
        if (inTime)
            return AddTime(value, next);
        if (_dayCount == 3)
            return false;
        _days[_dayCount++] = value;
        return true;
    }

    private bool AddTime(double value, char next)
    {
        _times[_timeCount++] = value;
        if (next == ':')
        {
            _at++;
        }
        else if (next == '.' && _timeCount == 3)
        {
            _at++;
            double fraction = TakeDigits(out int digits);
            _times[3] = Math.Floor(fraction * Math.Pow(10, 3 - digits));
        }
        return true;
    }

    private readonly char PrecedingSeparator()
    {
        int at = _at - 1;
        while (at >= 0 && char.IsAsciiDigit(_text[at]))
            at--;
        return at >= 0 ? _text[at] : '\0';
    }

    private double TakeDigits(out int count)
    {
        double value = 0;
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            value = value * 10 + (_text[_at++] - '0');
        count = _at - start;
        return value;
    }

    private bool ReadWord()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] == '.'))
            _at++;
        var word = _text[start.._at];
        if (word.Equals("AM", StringComparison.OrdinalIgnoreCase) || word.Equals("PM", StringComparison.OrdinalIgnoreCase))
        {
            _hourShift = word[0] is 'P' or 'p' ? 12 : 0;
            return _timeCount > 0;
        }
        if (TryReadZone(word))
            return true;
        if (word.Length >= 3 && IndexOfName(DateText.MonthNames, word) is var month and >= 0)
        {
            _month = month;
            return true;
        }
        if (word.Equals("T", StringComparison.OrdinalIgnoreCase) && _dayCount > 0)
            return true;
        return _dayCount == 0 || (word.Length >= 3 && IndexOfName(DateText.WeekdayNames, word) >= 0);
    }

    private bool TryReadZone(ReadOnlySpan<char> word)
    {
        double? hours = word.Length > 3 ? null : word.ToString().ToUpperInvariant() switch
        {
            "UTC" or "GMT" or "UT" or "Z" => 0,
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => null,
        };
        if (hours is not { } offset)
            return false;
        _hasZone = true;
        _zoneMinutes = offset * 60;
        return true;
    }

    private bool ReadOffset()
    {
        int sign = _text[_at++] == '-' ? -1 : 1;
        double value = TakeDigits(out int digits);
        if (digits == 0)
            return !_hasZone || _dayCount > 0;
        double minutes;
        if (_at < _text.Length && _text[_at] == ':')
        {
            _at++;
            minutes = value * 60 + TakeDigits(out _);
        }
        else
        {
            minutes = digits <= 2 ? value * 60 : Math.Floor(value / 100) * 60 + value % 100;
        }
        _hasZone = true;
        _zoneMinutes = sign * minutes;
        return true;
    }

    private void SkipParentheses()
    {
        int depth = 0;
        do
        {
            depth += _text[_at] == '(' ? 1 : _text[_at] == ')' ? -1 : 0;
            _at++;
        }
        while (_at < _text.Length && depth > 0);
    }

    private readonly double Compose(TimeZoneInfo zone)
    {
        for (int i = _dayCount; i < 3; i++)
            _days[i] = 1;
        if (!TryComposeDay(out double day))
            return double.NaN;
        double hour = _times[0];
        if (_hourShift >= 0)
        {
            if (hour is < 1 or > 12)
                return double.NaN;
            hour = hour % 12 + _hourShift;
        }
        bool endsDay = hour == 24 && _times[1] == 0 && _times[2] == 0 && _times[3] == 0;
        if ((hour > 23 && !endsDay) || _times[1] > 59 || _times[2] > 59)
            return double.NaN;
        double local = DateMath.MakeDate(day, DateMath.MakeTime(hour, _times[1], _times[2], _times[3]));
        return DateMath.TimeClip(_hasZone ? local - _zoneMinutes * 60_000 : LocalTime.ToUtc(zone, local));
    }

    private readonly bool TryComposeDay(out double day)
    {
        double year;
        double month;
        double date;
        if (_month >= 0)
            (year, month, date) = _days[0] is < 1 or > 31 ? (_days[0], _month, _days[1]) : (_days[1], _month, _days[0]);
        else if (_days[0] > 31)
            (year, month, date) = (_days[0], _days[1] - 1, _days[2]);
        else
            (year, month, date) = (_days[2], _days[0] - 1, _days[1]);
        if (year < 50)
            year += 2000;
        else if (year < 100)
            year += 1900;
        day = DateMath.MakeDay(year, month, date);
        return month is >= 0 and < 12 && date is >= 1 and <= 31;
    }

    private static int IndexOfName(string[] names, ReadOnlySpan<char> word)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (word.StartsWith(names[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }
}
