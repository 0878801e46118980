using System.Diagnostics;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd.Live;

/// <summary>TLS between two hosts, opened by a key log that comes into being while the capture runs, and by one that captures are replayed with.</summary>
public sealed class KeyLogTests
{
    [RootFact("ip", "nginx", "curl", "openssl")]
    public void Live_traffic_is_decrypted_by_a_key_log_that_grows()
    {
        using var hosts = new TwoHosts();
        StartServer(hosts);
        var (keys, items) = (hosts.PathOf("keys.txt"), hosts.PathOf("items.jsonl"));
        var tap = hosts.Start(hosts.Server, Program.Path, "tap", "-i", hosts.Interface, "--keylog", keys, "--items", items, "--write", hosts.PathOf("live.pcap"), "--summary", hosts.PathOf("summary.json"));
        Assert.StartsWith("Capturing on", tap.StandardError.ReadLine(), StringComparison.Ordinal);
        Assert.False(File.Exists(keys));
        foreach (var version in new[] { "1.2", "1.3" })
        {
            foreach (var protocol in new[] { "--http1.1", "--http2" })
            {
                var asked = TwoHosts.Run(hosts.Client, "env", "SSLKEYLOGFILE=" + keys, "curl", "-sk", "--tls-max", version, protocol, "-o", "/dev/null", "-w", "%{http_code}", $"https://{TwoHosts.ServerAddress}:8443/secret{protocol}{version}");
                Assert.Equal("200", asked.Output);
            }
        }

        Thread.Sleep(500);
        Program.Run("kill", ["-INT", $"{tap.Id}"]);
        Assert.True(tap.WaitForExit(30_000), "tap did not end after SIGINT.");

        var live = File.ReadAllLines(items);
        Assert.Equal(["/secret--http1.11.2", "/secret--http1.11.3", "/secret--http21.2", "/secret--http21.3"], Paths(live));
        Assert.Equal(4, live.Count(l => l.Contains("\"decryption\":{\"reason\":\"\",\"state\":\"decrypted\"}", StringComparison.Ordinal)));
        Assert.False(Losses(hosts.PathOf("summary.json")).TryGetProperty("dissection", out var lost), lost.ToString());

        var replay = Program.Wirehook("replay", hosts.PathOf("live.pcap"), "--keylog", keys, "--items", "-");
        Assert.Equal(0, replay.ExitCode);
        Assert.Equal(Paths(live), Paths(replay.Lines));
        var closed = Program.Wirehook("replay", hosts.PathOf("live.pcap"), "--items", "-", "--summary", hosts.PathOf("closed.json"));
        Assert.Empty(Paths(closed.Lines));
        Assert.Equal(4, Losses(hosts.PathOf("closed.json")).GetProperty("dissection").GetProperty("tls-no-key").GetInt32());
    }

    [Fact]
    public void A_key_log_that_cannot_be_read_is_refused_on_replay()
    {
        var run = Program.Wirehook("replay", "samples/captures/shop.pcap", "--keylog", "/nosuch/keys.txt");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--keylog /nosuch/keys.txt", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_that_carry_their_secrets_need_no_key_log()
    {
        var captures = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Tls", "captures");
        var folder = Directory.CreateTempSubdirectory("wirehook-dsb-").FullName;
        try
        {
            var path = Path.Combine(folder, "with-secrets.pcapng");
            File.WriteAllBytes(path, Pcapng.WithSecrets(File.ReadAllBytes(Path.Combine(captures, "curl-http2.pcap")), File.ReadAllBytes(Path.Combine(captures, "curl-http2.keys"))));
            Assert.Equal(["/one", "/three", "/two"], Paths(Program.Wirehook("replay", path, "--items", "-").Lines));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Paths(IEnumerable<string> lines) =>
    [
        .. lines.Select(l => JsonDocument.Parse(l).RootElement).Where(i => i.GetProperty("protocol").GetProperty("name").GetString() == "http")
            .Select(i => i.GetProperty("request")).Select(r => r.GetProperty("path").GetString() is { Length: > 0 } path ? path : r.GetProperty("headers").GetProperty(":path").GetString()!)
            .Order(StringComparer.Ordinal),
    ];

    private static JsonElement Losses(string summary) => JsonDocument.Parse(File.ReadAllText(summary)).RootElement.GetProperty("loss");

    private static void StartServer(TwoHosts hosts)
    {
        var made = Program.Run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", hosts.PathOf("key.pem"), "-out", hosts.PathOf("cert.pem"), "-days", "2", "-subj", "/CN=wirehook.test"]);
        Assert.Equal(0, made.ExitCode);
        File.WriteAllText(hosts.PathOf("tls.conf"), $$"""
            worker_processes 1; daemon off; master_process off; pid {{hosts.PathOf("tls.pid")}}; error_log stderr crit;
            events { worker_connections 64; }
            http {
              access_log off; default_type text/plain;
              client_body_temp_path {{hosts.PathOf("b")}}; proxy_temp_path {{hosts.PathOf("p")}}; fastcgi_temp_path {{hosts.PathOf("f")}}; uwsgi_temp_path {{hosts.PathOf("u")}}; scgi_temp_path {{hosts.PathOf("s")}};
              server { listen 8443 ssl http2; ssl_certificate {{hosts.PathOf("cert.pem")}}; ssl_certificate_key {{hosts.PathOf("key.pem")}}; ssl_protocols TLSv1.2 TLSv1.3; location / { return 200 "hidden\n"; } }
            }
            """);
        hosts.Start(hosts.Server, "nginx", "-c", hosts.PathOf("tls.conf"), "-e", "stderr");
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (TwoHosts.Run(hosts.Server, "curl", "-sk", "-o", "/dev/null", $"https://{TwoHosts.ServerAddress}:8443/").ExitCode == 0) return;
            Thread.Sleep(50);
        }

        throw new TimeoutException("nginx did not answer within five seconds.");
    }
}
