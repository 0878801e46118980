using Wirehook.JavaScript.Library.Dates;
using Wirehook.JavaScript.Tests.Evaluation;

namespace Wirehook.JavaScript.Tests.Library;

public class DateTests
{
    private static readonly TimeZoneInfo Alternating = CreateAlternating();

    [Theory]
    [InlineData("new Date(0).toISOString()", "1970-01-01T00:00:00.000Z")]
    [InlineData("String(new Date(1700000000000))", "Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)")]
    [InlineData("new Date(1700000000000).toUTCString()", "Tue, 14 Nov 2023 22:13:20 GMT")]
    [InlineData("new Date(1700000000000).toLocaleString()", "11/14/2023, 10:13:20 PM")]
    [InlineData("new Date(0).toLocaleTimeString() + '|' + new Date(0).toDateString()", "12:00:00 AM|Thu Jan 01 1970")]
    [InlineData("Date.now() === new Date().getTime() && typeof Date() === 'string'", "true")]
    [InlineData("Date.UTC(2000, 1, 29) + ',' + Date.UTC(99, 0)", "951782400000,915148800000")]
    [InlineData("new Date(2020, 0, 31, 12).setMonth(1)", "1583150400000")]
    [InlineData("new Date(NaN).getTime() + String(new Date(NaN)) + JSON.stringify(new Date(NaN))", "NaNInvalid Datenull")]
    [InlineData("try { new Date(NaN).toISOString() } catch (e) { e.name + ': ' + e.message }", "RangeError: Invalid time value")]
    [InlineData("new Date(8.64e15).toISOString() + new Date(8.64e15 + 1).getTime()", "+275760-09-13T00:00:00.000ZNaN")]
    [InlineData("new Date(-62198755200000).toISOString()", "-000001-01-01T00:00:00.000Z")]
    [InlineData("var d = new Date(NaN); d.setFullYear(2000); d.toISOString()", "2000-01-01T00:00:00.000Z")]
    [InlineData("new Date(2000, 5, 15).getYear() + ',' + new Date(0).getDay() + ',' + new Date(0).getTimezoneOffset()", "100,4,0")]
    [InlineData("new Date(5) - new Date(2) + ',' + (new Date(0) + 1).slice(0, 3)", "3,Thu")]
    [InlineData("new Date(new Date(7)).getTime() + ',' + new Date('7').getFullYear()", "7,2001")]
    public void Values(string source, string expected) => Assert.Equal(expected, Script.Run(source));

    [Theory]
    [InlineData("2026-11-20", 1795132800000)]
    [InlineData("2026-11-20T22:51:24.123Z", 1795215084123)]
    [InlineData("2026-11-20T22:51:24+02:00", 1795207884000)]
    [InlineData("2026", 1767225600000)]
    [InlineData("2026-11", 1793491200000)]
    [InlineData("+002026-11-20T00:00:00Z", 1795132800000)]
    [InlineData("-000000-01-01T00:00:00Z", double.NaN)]
    [InlineData("2026-13-01", double.NaN)]
    [InlineData("2026-11-20T24:00:00Z", 1795219200000)]
    [InlineData("2026-11-20T24:00:01Z", double.NaN)]
    [InlineData("2026-11-20 22:51", 1795215060000)]
    [InlineData("Fri, 20 Nov 2026 22:51:24 GMT", 1795215084000)]
    [InlineData("Fri, 20 Nov 2026 22:51:24 -0500", 1795233084000)]
    [InlineData("Fri Nov 20 2026 22:51:24 GMT+0100 (Central European Standard Time)", 1795211484000)]
    [InlineData("Nov 20, 2026", 1795132800000)]
    [InlineData("20 November 2026 10:51 PM", 1795215060000)]
    [InlineData("11/20/2026, 10:51:24 PM", 1795215084000)]
    [InlineData("2026/11/20", 1795132800000)]
    [InlineData("12/25/95", 819849600000)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 EST", 18000000)]
    [InlineData("13:99", double.NaN)]
    [InlineData("hello", double.NaN)]
    [InlineData("", double.NaN)]
    public void Parse(string text, double expected) => Assert.Equal(expected, DateParser.Parse(text, TimeZoneInfo.Utc));

    [Fact]
    public void Fields_agree_with_the_calendar_of_the_runtime()
    {
        var random = new Random(3);
        for (int i = 0; i < 100_000; i++)
        {
            double time = Math.Floor(random.NextDouble() * 315_537_897_600_000) - 62_135_596_800_000;
            var expected = DateTimeOffset.FromUnixTimeMilliseconds((long)time);
            var actual = DateMath.Split(time);
            Assert.Equal(
                (expected.Year, expected.Month - 1, expected.Day, expected.Hour, expected.Minute, expected.Second, expected.Millisecond, (int)expected.DayOfWeek),
                ((int)actual.Year, actual.Month, actual.Day, actual.Hour, actual.Minute, actual.Second, actual.Millisecond, actual.Weekday));
            double day = DateMath.MakeDay(actual.Year, actual.Month, actual.Day);
            Assert.Equal(time, DateMath.MakeDate(day, DateMath.MakeTime(actual.Hour, actual.Minute, actual.Second, actual.Millisecond)));
        }
    }

    [Fact]
    public void Fields_and_day_numbers_are_inverse_over_the_whole_range()
    {
        var random = new Random(4);
        for (int i = 0; i < 100_000; i++)
        {
            double time = Math.Floor((random.NextDouble() * 2 - 1) * DateMath.MaximumTime);
            var f = DateMath.Split(time);
            Assert.Equal(time, DateMath.MakeDate(DateMath.MakeDay(f.Year, f.Month, f.Day), DateMath.MakeTime(f.Hour, f.Minute, f.Second, f.Millisecond)));
        }
    }

    [Fact]
    public void Local_times_map_back_except_where_clocks_jump()
    {
        var random = new Random(5);
        for (int i = 0; i < 50_000; i++)
        {
            double utc = Math.Floor(random.NextDouble() * 4e12 - 1e12);
            double local = LocalTime.FromUtc(Alternating, utc);
            double back = LocalTime.ToUtc(Alternating, local);
            // A local time that occurs twice names the first moment, an hour earlier.
            Assert.True(back == utc || back == utc - 3_600_000, $"{utc} {back}");
            Assert.Equal(local, LocalTime.FromUtc(Alternating, back));
        }
    }

    [Fact]
    public void A_skipped_hour_counts_by_the_offset_before_the_change()
    {
        // The clocks go from 2:00 to 3:00 on the last Sunday of March.
        double skipped = DateMath.MakeDate(DateMath.MakeDay(2021, 2, 28), DateMath.MakeTime(2, 30, 0, 0));
        Assert.Equal(skipped - 3_600_000, LocalTime.ToUtc(Alternating, skipped));
    }

    private static TimeZoneInfo CreateAlternating()
    {
        var start = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var end = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), start, end);
        return TimeZoneInfo.CreateCustomTimeZone("Test/Alternating", TimeSpan.FromHours(1), "Alternating", "Standard", "Summer", [rule]);
    }
}
