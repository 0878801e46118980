using Wirehook.Capture;
using Wirehook.Cli.Output;

namespace Wirehook.Cli.Tests.Output;

public sealed class ReplayProgressTests
{
    [Theory]
    [InlineData(0, 100_000_000L, "[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░] 0 % of 100 MB")]
    [InlineData(50_000_000, 100_000_000L, "[███████████████░░░░░░░░░░░░░░░] 50 % of 100 MB")]
    [InlineData(100_000_000, 100_000_000L, "[██████████████████████████████] 100 % of 100 MB")]
    [InlineData(120_000_000, 100_000_000L, "[██████████████████████████████] 100 % of 100 MB")]
    [InlineData(7_000_000, null, "7 MB")]
    [InlineData(7_000_000, 0L, "7 MB")]
    public void A_bar_shows_the_share_and_a_pipe_only_what_was_read(long read, long? total, string expected)
    {
        Assert.Equal(expected, ReplayProgress.Format(new CaptureProgress(read, total)));
    }
}
