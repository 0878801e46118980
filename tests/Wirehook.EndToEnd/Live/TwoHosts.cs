using System.Diagnostics;

namespace Wirehook.EndToEnd.Live;

/// <summary>Two network namespaces joined by a veth pair: a server and a client that share nothing else with the machine.</summary>
public sealed class TwoHosts : IDisposable
{
    /// <summary>The server's address.</summary>
    public const string ServerAddress = "10.98.0.1";

    private static int _made;
    private readonly string _folder;
    private readonly List<Process> _processes = [];

    /// <summary>Makes the namespaces and brings their interfaces up.</summary>
    public TwoHosts()
    {
        // Tests of several classes run at once.
        var name = $"wh{Environment.ProcessId}n{Interlocked.Increment(ref _made)}";
        (Server, Client, Interface) = (name + "s", name + "c", "wh-server");
        var other = "wh-client";
        _folder = Directory.CreateTempSubdirectory("wirehook-hosts-").FullName;
        Ip($"netns add {Server}");
        Ip($"netns add {Client}");
        Ip($"link add {Interface} netns {Server} type veth peer name {other} netns {Client}");
        Ip($"-n {Server} addr add {ServerAddress}/24 dev {Interface}");
        Ip($"-n {Client} addr add 10.98.0.2/24 dev {other}");
        foreach (var (host, link) in new[] { (Server, "lo"), (Server, Interface), (Client, "lo"), (Client, other) }) Ip($"-n {host} link set {link} up");
    }

    /// <summary>The server's namespace.</summary>
    public string Server { get; }

    /// <summary>The client's namespace.</summary>
    public string Client { get; }

    /// <summary>The server's interface.</summary>
    public string Interface { get; }

    /// <summary>A folder for files of the test, removed at the end.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Runs a command in a namespace to its end.</summary>
    public static CommandResult Run(string host, params string[] command) =>
        Program.Run("ip", ["netns", "exec", host, .. command]);

    /// <summary>Starts a command in a namespace; it is ended with the hosts.</summary>
    public Process Start(string host, params string[] command)
    {
        var process = Program.Start("ip", ["netns", "exec", host, .. command]);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts nginx on port 8080 of the server, which echoes the path of <c>/echo/…</c> in its answer.</summary>
    public void StartNginx()
    {
        File.WriteAllText(PathOf("nginx.conf"), $$"""
            worker_processes 1; daemon off; master_process off; pid {{PathOf("nginx.pid")}}; error_log stderr warn;
            events { worker_connections 256; }
            http {
              access_log off; keepalive_requests 1000000; default_type application/json;
              client_body_temp_path {{PathOf("body")}}; proxy_temp_path {{PathOf("proxy")}}; fastcgi_temp_path {{PathOf("fastcgi")}}; uwsgi_temp_path {{PathOf("uwsgi")}}; scgi_temp_path {{PathOf("scgi")}};
              server { listen 8080; location /echo/ { return 200 '{"path":"$uri"}'; } location / { return 404; } }
            }
            """);
        Start(Server, "nginx", "-c", PathOf("nginx.conf"), "-e", "stderr");
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (Run(Server, "curl", "-s", "-o", "/dev/null", $"http://{ServerAddress}:8080/echo/ready").ExitCode == 0) return;
            Thread.Sleep(50);
        }

        throw new TimeoutException("nginx did not answer within five seconds.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit(5_000);
            process.Dispose();
        }

        Program.Run("ip", ["netns", "del", Server]);
        Program.Run("ip", ["netns", "del", Client]);
        Directory.Delete(_folder, recursive: true);
    }

    private static void Ip(string arguments)
    {
        var result = Program.Run("ip", arguments.Split(' '));
        if (result.ExitCode != 0) throw new InvalidOperationException($"ip {arguments}: {result.Errors}");
    }
}
