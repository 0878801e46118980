namespace Wirehook.Scripting.Tests;

/// <summary>The complete examples of the scripting documentation that Wirehook is compatible with, as they stand there.</summary>
public class SeedExamplesTests
{
    [Fact]
    public void Counts_packets_and_kilobytes_per_minute()
    {
        var bench = new ScriptBench().Load("""
            var packetCount = 0;
            var totalKB = 0;

            function onPacketCaptured(info) {
              packetCount++;
              totalKB += info.length / 1000;
            }

            function logPacketCountTotalBytes() {
              console.log("Captured packet count per minute:", packetCount);
              packetCount = 0;
              console.log("Total KB captured per minute:", totalKB);
              totalKB = 0;
            }

            jobs.schedule("log-packet-count-total-bytes", "0 */1 * * * *", logPacketCountTotalBytes);
            """);
        bench.Packet(1, 1500).Packet(2, 500).Packet(31, 250).Packet(91, 250);
        Assert.Equal(
            """
            [a.js] Scheduled the job: "log-packet-count-total-bytes" for cron: "0 */1 * * * *" (limit: infinite)
            [a.js] Captured packet count per minute: 2
            [a.js] Total KB captured per minute: 2
            [a.js] Captured packet count per minute: 1
            [a.js] Total KB captured per minute: 0.25

            """,
            bench.Transcript.Text);
    }

    [Fact]
    public void Prints_the_packet_as_JSON()
    {
        var bench = new ScriptBench().Load("""
            function onPacketCaptured(info) {
              console.log("Info:",JSON.stringify(info));
            }
            """);
        bench.Packet(3.791425527).Packet(4, 1500, captured: 96);
        Assert.Equal(
            [
                """[a.js] Info: {"captureLength":68,"length":68,"timestamp":"2023-03-01T02:11:33.791425527Z","truncated":false}""",
                """[a.js] Info: {"captureLength":96,"length":1500,"timestamp":"2023-03-01T02:11:34Z","truncated":true}""",
            ],
            bench.Lines);
    }

    [Fact]
    public void Prints_the_item_as_JSON()
    {
        var bench = new ScriptBench().Load("""
            function onItemCaptured(data) {
              console.log("DATA:",JSON.stringify(data));
            }
            """);
        bench.Item(1, TrafficItems.Dns("rabbitmq.sock-shop.svc.cluster.local"));
        var line = Assert.Single(bench.Lines);
        Assert.StartsWith("[a.js] DATA: {\"dst\":{\"ip\":\"10.0.0.2\",\"name\":\"\",\"port\":\"53\"},\"elapsedTime\":1,\"failed\":false,\"id\":\"", line, StringComparison.Ordinal);
        Assert.Contains("\"questions\":[{\"class\":\"IN\",\"name\":\"rabbitmq.sock-shop.svc.cluster.local\",\"type\":\"A\"}]", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_the_metadata_of_every_call()
    {
        var bench = new ScriptBench().Load("""
            function onItemCaptured(data) {
              // Prints the API call metadata
              console.log("Msg:", data);
            }
            """);
        bench.Item(1, TrafficItems.Http("/api/v2/write?bucket=Metrics"));
        Assert.StartsWith("[a.js] Msg: {\"dst\":{\"ip\":\"10.0.0.2\"", Assert.Single(bench.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_helper_that_is_not_there_throws_an_error_that_scripts_can_catch()
    {
        var bench = new ScriptBench(null, ("INFLUXDB_URL", "https://influx.example")).Load("""
            function onItemCaptured(data) {
              try {
                vendor.webhook(
                  "POST",
                  "https://webhook.site/a42ca96d-4984-45dc-8f72-a601448399dc",
                  JSON.stringify(data)
                );
              } catch (err) {
                console.error(err);
              }
              vendor.influxdb(
                env.INFLUXDB_URL,
                env.INFLUXDB_TOKEN,
                env.INFLUXDB_ORGANIZATION,
                env.INFLUXDB_BUCKET,
                "Example Measurement",        // Measurement
                data,                         // Payload
                {"example":"tag"}
              );
            }
            """);
        bench.Item(1, TrafficItems.Http());
        Assert.Equal(2, bench.Lines.Length);
        Assert.Equal("[a.js] ERROR Error: vendor.webhook is not available yet", bench.Lines[0]);
        Assert.Matches(@"^\[a\.js\] ERROR \(hook=onItemCaptured\) Error: vendor\.influxdb is not available yet \(a\.js:11:\d+\)$", bench.Lines[1]);
    }

    [Fact]
    public void Variables_of_a_script_are_its_own_and_this_is_shared()
    {
        var bench = new ScriptBench()
            .Load("""
                var n = 100;
                this.shared = 0;
                function onItemCaptured(data) { n++; this.shared++; console.log(n, shared); }
                """, "first.js")
            .Load("""
                var n = 1;
                var self = this;
                function onItemCaptured(data) { n++; self.shared += 10; console.log(n, this.shared, typeof notThere); }
                """, "second.js");
        bench.Item(1, TrafficItems.Http()).Item(2, TrafficItems.Http());
        Assert.Equal(["[first.js] 101 1", "[second.js] 2 11 undefined", "[first.js] 102 12", "[second.js] 3 22 undefined"], bench.Lines);
    }
}
