using System.Text.Json;

namespace Wirehook.EndToEnd.Hooks;

/// <summary>
/// The world that the documented scripts expect, made of stand-ins in a mount namespace: <c>logger</c>, <c>mail</c> and <c>docker</c> write down how they were
/// called, <c>curl</c> and Python's <c>requests</c> send to a web service on loopback, and the scripts lie where the documentation puts them.
/// </summary>
internal sealed class StandIns
{
    private const string Server = """
        import http.server, json, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length'])).decode()
                with open(sys.argv[1], 'a') as requests:
                    requests.write(json.dumps({'path': self.path, 'type': self.headers['Content-Type'], 'body': json.loads(body)}) + '\n')
                self.send_response(200)
                self.end_headers()
            def do_GET(self):
                self.send_response(204)
                self.end_headers()
            def log_message(self, *arguments):
                pass
        http.server.HTTPServer(('127.0.0.1', 8088), Handler).serve_forever()
        """;

    private const string Curl = """
        #!/bin/sh
        for argument; do
          shift
          case $argument in https://alerts.example.com/*) argument=http://127.0.0.1:8088/${argument#https://alerts.example.com/} ;; esac
          set -- "$@" "$argument"
        done
        exec /usr/bin/curl "$@"
        """;

    private const string RequestsModule = """
        import json as to_json, types, urllib.request
        def post(url, json, timeout):
            request = urllib.request.Request(url.replace('https://api.example.com', 'http://127.0.0.1:8088'), to_json.dumps(json).encode(), {'Content-Type': 'application/json'})
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return types.SimpleNamespace(status_code=response.status)
        """;

    private const string Docker = """
        #!/bin/sh
        case $1 in ps) echo 0123456789ab ;; inspect) echo /web ;; esac
        """;

    private readonly HookHost _host;

    public StandIns(HookHost host)
    {
        _host = host;
        foreach (var folder in new[] { "bin", "opt/nlmon/scripts", "opt/python", "log/nlmon" }) Directory.CreateDirectory(host.PathOf(folder));
        foreach (var name in new[] { "logger", "mail" })
            host.Script($"bin/{name}", $"#!/bin/sh\n{{ echo \"$@\"; [ {name} = logger ] || cat; }} >> {host.PathOf(name + ".calls")}\n");
        host.Script("bin/curl", Curl + "\n");
        host.Script("bin/docker", Docker + "\n");
        host.Script("bin/python3", "#!/bin/sh\nPYTHONPATH=/opt/python exec /usr/bin/python3 \"$@\"\n");
        File.WriteAllText(host.PathOf("opt/python/requests.py"), RequestsModule);
        foreach (var name in new[] { "alert-interface-down.sh", "monitor-container.sh", "handle-errors.sh", "log-events.sh" }) Install(name, "bin/" + name);
        Install("process-event.py", "opt/nlmon/scripts/process-event.py");
    }

    /// <summary>The shell command that puts everything in its place; for a mount namespace only.</summary>
    public string Mount => $"mount --bind {_host.PathOf("bin")} /usr/local/bin && mount --bind {_host.PathOf("opt")} /opt && mount --bind {_host.PathOf("log")} /var/log";

    /// <summary>The documented script's file in the samples.</summary>
    public static string Sample(string name) => Path.Combine(Tests.RepositoryFiles.Root, "samples", "event-hooks", name);

    /// <summary>Copies a documented script.</summary>
    public void Install(string script, string to) => _host.Script(to, File.ReadAllText(Sample("scripts/" + script)));

    /// <summary>What a stand-in wrote down, line by line.</summary>
    public string[] Calls(string name) => File.Exists(_host.PathOf(name + ".calls")) ? File.ReadAllLines(_host.PathOf(name + ".calls")) : [];

    /// <summary>What the web service was sent.</summary>
    public JsonElement[] Received() => [.. Calls("requests").Select(l => JsonDocument.Parse(l).RootElement)];

    /// <summary>Starts the web service and waits until it answers.</summary>
    public void StartServer()
    {
        File.WriteAllText(_host.PathOf("server.py"), Server);
        _host.Run("python3", _host.PathOf("server.py"), _host.PathOf("requests.calls"));
        _host.Await(() => Program.Run("ip", ["netns", "exec", _host.Namespace, "curl", "-s", "-o", "/dev/null", "http://127.0.0.1:8088/"]).ExitCode == 0, "the web service answers");
    }
}
