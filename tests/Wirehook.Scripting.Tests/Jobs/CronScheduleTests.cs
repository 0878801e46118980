using System.Globalization;
using Wirehook.Packets;
using Wirehook.Scripting.Jobs;

namespace Wirehook.Scripting.Tests.Jobs;

public class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * * *", "2023-03-01T00:00:00", "2023-03-01T00:00:01")]
    [InlineData("*/5 * * * * *", "2023-03-01T00:00:04", "2023-03-01T00:00:05")]
    [InlineData("*/60 * * * * *", "2023-03-01T00:00:00", "2023-03-01T00:01:00")]
    [InlineData("20 * * * * *", "2023-03-01T00:00:20", "2023-03-01T00:01:20")]
    [InlineData("0 */1 * * * *", "2023-03-01T00:59:59", "2023-03-01T01:00:00")]
    [InlineData("0 */5 * * * *", "2023-03-01T00:55:00", "2023-03-01T01:00:00")]
    [InlineData("0 0 * * * *", "2023-12-31T23:00:00", "2024-01-01T00:00:00")]
    [InlineData("5/15 * * * * *", "2023-03-01T00:00:21", "2023-03-01T00:00:35")]
    [InlineData("10-20/5,50 * * * * *", "2023-03-01T00:00:15", "2023-03-01T00:00:20")]
    [InlineData("10-20/5,50 * * * * *", "2023-03-01T00:00:20", "2023-03-01T00:00:50")]
    [InlineData("0 30 8 ? * MON-FRI", "2023-03-03T08:30:00", "2023-03-06T08:30:00")]
    [InlineData("0 0 0 1 JAN,jul *", "2023-02-01T00:00:00", "2023-07-01T00:00:00")]
    [InlineData("0 0 0 29 2 ?", "2023-03-01T00:00:00", "2024-02-29T00:00:00")]
    [InlineData("0 0 0 29 2 ?", "2096-03-01T00:00:00", "2104-02-29T00:00:00")]
    [InlineData("0 0 0 31 * *", "2023-04-01T00:00:00", "2023-05-31T00:00:00")]
    [InlineData("0 0 0 * * 0", "2023-03-01T00:00:00", "2023-03-05T00:00:00")]
    [InlineData("0 0 0 * * 7", "2023-03-01T00:00:00", "2023-03-05T00:00:00")]
    [InlineData("0 0 0 * * 5-7", "2023-03-04T00:00:00", "2023-03-05T00:00:00")]
    [InlineData("0 0 0 13 * 5", "2023-03-10T00:00:00", "2023-03-13T00:00:00")]
    [InlineData("0 0 0 13 * 5", "2023-03-13T00:00:00", "2023-03-17T00:00:00")]
    [InlineData("0 0 0 */10 * 5", "2023-03-01T00:00:00", "2023-03-31T00:00:00")]
    [InlineData("@hourly", "2023-03-01T00:10:00", "2023-03-01T01:00:00")]
    [InlineData("@daily", "2023-03-01T00:10:00", "2023-03-02T00:00:00")]
    [InlineData("@weekly", "2023-03-01T00:10:00", "2023-03-05T00:00:00")]
    [InlineData("@monthly", "2023-03-01T00:10:00", "2023-04-01T00:00:00")]
    [InlineData("@annually", "2023-03-01T00:10:00", "2024-01-01T00:00:00")]
    [InlineData("@every 1h30m", "2023-03-01T00:10:00", "2023-03-01T01:40:00")]
    [InlineData("@every 1.5s", "2023-03-01T00:10:00", "2023-03-01T00:10:01")]
    public void Next_due_time(string cron, string after, string expected) =>
        Assert.Equal(Time(expected), CronSchedule.Parse(cron).Next(Time(after)));

    [Fact]
    public void Fractions_of_a_second_round_up()
    {
        var schedule = CronSchedule.Parse("* * * * * *");
        Assert.Equal(new Timestamp(1_000_000_000), schedule.Next(new Timestamp(1)));
        Assert.Equal(new Timestamp(0), schedule.Next(new Timestamp(-1)));
        Assert.Equal(new Timestamp(-1_000_000_000), schedule.Next(new Timestamp(-1_000_000_001)));
    }

    [Fact]
    public void A_date_that_never_comes_is_never_due() => Assert.Null(CronSchedule.Parse("0 0 0 30 2 ?").Next(Time("2023-01-01T00:00:00")));

    [Theory]
    [InlineData("", "expected exactly 6 fields")]
    [InlineData("* * * * *", "expected exactly 6 fields")]
    [InlineData("60 * * * * *", "above maximum (59)")]
    [InlineData("* * * 0 * *", "below minimum (1)")]
    [InlineData("* * * * * 8", "above maximum (7)")]
    [InlineData("*/0 * * * * *", "step of range")]
    [InlineData("20-10 * * * * *", "beyond end of range")]
    [InlineData("x * * * * *", "failed to parse int from x")]
    [InlineData("-5 * * * * *", "failed to parse int")]
    [InlineData("1,, * * * * *", "failed to parse int")]
    [InlineData("99999999999 * * * * *", "failed to parse int")]
    [InlineData("@sometimes", "unrecognized descriptor")]
    [InlineData("@every", "failed to parse duration")]
    [InlineData("@every 5", "failed to parse duration")]
    [InlineData("@every 5 parsecs", "failed to parse duration")]
    [InlineData("@every 9999999999h", "failed to parse duration")]
    public void A_bad_text_is_refused_with_the_reason(string cron, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => CronSchedule.Parse(cron)).Message, StringComparison.Ordinal);

    /// <summary>Walks second by second and compares with a direct reading of the fields.</summary>
    [Fact]
    public void Next_is_the_first_matching_second()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var (s, m, h) = (random.Next(60), random.Next(60), random.Next(24));
            var start = new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(3 * 86400));
            var schedule = CronSchedule.Parse($"{s},{(s + 30) % 60} {m}-59 {h} * * *");
            var expected = start.AddSeconds(1);
            while ((expected.Second != s && expected.Second != (s + 30) % 60) || expected.Minute < m || expected.Hour != h) expected = expected.AddSeconds(1);
            Assert.Equal(At(expected), schedule.Next(At(start)));
        }
    }

    internal static Timestamp Time(string text) => At(DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

    private static Timestamp At(DateTime time) => new((time - DateTime.UnixEpoch).Ticks * 100);
}
