namespace Wirehook.Scripting.Tests.Ledger;

public class LatencyHistogramTests
{
    [Fact]
    public void Nothing_recorded_is_zero() => Assert.Equal(0, new LatencyHistogram().Quantile(0.99));

    [Fact]
    public void Quantiles_are_at_most_a_sixteenth_too_high_and_never_too_low()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var histogram = new LatencyHistogram();
            var durations = Enumerable.Range(0, 1000).Select(_ => (long)Math.Exp(random.NextDouble() * 25)).ToArray();
            foreach (var duration in durations) histogram.Record(duration);
            Array.Sort(durations);
            foreach (var (quantile, rank) in new[] { (0.5, 500), (0.99, 990), (1.0, 1000) })
            {
                var exact = durations[rank - 1];
                Assert.InRange(histogram.Quantile(quantile), exact, exact + exact / 16 + 1);
            }
        }
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Any_value_is_taken(long nanoseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(nanoseconds);
        Assert.Equal(1, histogram.Count);
    }
}
