namespace Wirehook.JavaScript.Library.Dates;

/// <summary>Date.parse (ES5.1 §15.9.4.2): the ISO format first, then whatever <see cref="LegacyDateParser"/> understands.</summary>
internal static class DateParser
{
    /// <summary>The time value of a text, or NaN.</summary>
    internal static double Parse(string text, TimeZoneInfo zone)
    {
        var iso = new IsoReader(text.AsSpan().Trim());
        return iso.TryRead(zone, out double time) ? time : LegacyDateParser.Parse(text, zone);
    }

    /// <summary>
    /// Reads the format of §15.9.1.15. A date alone is in UTC; a date with a time but no offset is local, as ES2015 has it.
    /// </summary>
    private ref struct IsoReader(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _at;

        internal bool TryRead(TimeZoneInfo zone, out double time)
        {
            time = double.NaN;
            if (!TryReadDate(out double day))
                return false;
            if (_at == _text.Length)
            {
                time = DateMath.TimeClip(DateMath.MakeDate(day, 0));
                return true;
            }
            if (_text[_at] is not ('T' or 't' or ' '))
                return false;
            _at++;
            if (!TryReadTime(out double within))
                return false;
            double local = DateMath.MakeDate(day, within);
            if (_at == _text.Length)
            {
                time = DateMath.TimeClip(LocalTime.ToUtc(zone, local));
                return true;
            }
            if (!TryReadOffset(out double offset) || _at != _text.Length)
                return false;
            time = DateMath.TimeClip(local - offset);
            return true;
        }

        private bool TryReadDate(out double day)
        {
            day = double.NaN;
            int year;
            if (_text.Length > 0 && _text[0] is '+' or '-')
            {
                bool negative = _text[0] == '-';
                _at = 1;
                // Year zero has one spelling only.
                if (!TryReadDigits(6, out year) || (negative && year == 0))
                    return false;
                if (negative)
                    year = -year;
            }
            else if (!TryReadDigits(4, out year))
            {
                return false;
            }
            int month = 1;
            int date = 1;
            if (Eat('-'))
            {
                if (!TryReadDigits(2, out month) || (Eat('-') && !TryReadDigits(2, out date)))
                    return false;
            }
            if (month is < 1 or > 12 || date is < 1 or > 31)
                return false;
            day = DateMath.MakeDay(year, month - 1, date);
            return true;
        }

        private bool TryReadTime(out double within)
        {
            within = double.NaN;
            if (!TryReadDigits(2, out int hour) || !Eat(':') || !TryReadDigits(2, out int minute))
                return false;
            int second = 0;
            double fraction = 0;
            if (Eat(':'))
            {
                if (!TryReadDigits(2, out second))
                    return false;
                if (Eat('.') && !TryReadFraction(out fraction))
                    return false;
            }
            if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute > 0 || second > 0 || fraction > 0)))
                return false;
            within = DateMath.MakeTime(hour, minute, second, Math.Floor(fraction));
            return true;
        }

        private bool TryReadFraction(out double milliseconds)
        {
            milliseconds = 0;
            double unit = 100;
            int start = _at;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            {
                if (_at - start < 3)
                    milliseconds += (_text[_at] - '0') * unit;
                unit /= 10;
                _at++;
            }
            return _at > start;
        }

        private bool TryReadOffset(out double offset)
        {
            offset = 0;
            if (Eat('Z') || Eat('z'))
                return true;
            bool negative = _at < _text.Length && _text[_at] == '-';
            if (!Eat('+') && !Eat('-'))
                return false;
            if (!TryReadDigits(2, out int hours))
                return false;
            Eat(':');
            if (!TryReadDigits(2, out int minutes) || hours > 23 || minutes > 59)
                return false;
            offset = (hours * 60 + minutes) * (negative ? -60_000.0 : 60_000.0);
            return true;
        }

        private bool TryReadDigits(int count, out int value)
        {
            value = 0;
            if (_at + count > _text.Length)
                return false;
            for (int i = 0; i < count; i++)
            {
                char c = _text[_at + i];
                if (!char.IsAsciiDigit(c))
                    return false;
                value = value * 10 + (c - '0');
            }
            _at += count;
            return true;
        }

        private bool Eat(char c)
        {
            if (_at >= _text.Length || _text[_at] != c)
                return false;
            _at++;
            return true;
        }
    }
}
