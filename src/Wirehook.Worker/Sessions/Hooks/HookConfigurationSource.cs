using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Monitor;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>The configuration file of a hook session: read at the start, and again when it changes or somebody asks.</summary>
internal sealed class HookConfigurationSource : IDisposable
{
    private const string NoFile = "There is no configuration file to read: hooks run was started without --config.";
    private readonly HookSessionOptions _options;
    private readonly HookManager _hooks;
    private readonly Lock _reading = new();
    private HookConfigurationWatcher? _watcher;

    /// <summary>The source of <paramref name="hooks"/>' configuration.</summary>
    public HookConfigurationSource(HookSessionOptions options, HookManager hooks)
    {
        (_options, _hooks) = (options, hooks);
    }

    /// <summary>How the file wants the network to be monitored; the defaults without a file. It counts from the next start on.</summary>
    public MonitorOptions Monitoring { get; private set; } = new();

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="ConfigurationException">It cannot be used; the message has all errors.</exception>
    public void LoadFirst()
    {
        if (_options.ConfigurationFile is not { } file) return;
        var content = HookFile.Read(file);
        var errors = content.Hooks is { } hooks ? _hooks.Apply(hooks).Errors : content.Errors;
        if (errors.Count > 0) throw new ConfigurationException(string.Join('\n', errors));
        Monitoring = content.Monitoring;
        Warn(content);
    }

    /// <summary>Begins to look for changes.</summary>
    public void Watch()
    {
        if (_options.ConfigurationFile is { } file) _watcher = new HookConfigurationWatcher(file, _options.Time, _ => Reload());
    }

    /// <summary>Reads the file again and applies it; one that cannot be used changes nothing. The log is told.</summary>
    public HookReload Reload()
    {
        lock (_reading)
        {
            var reload = Read(out var content);
            _options.Log.OnReload(reload);
            if (content is not null && reload.Succeeded) Warn(content);
            return reload;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher?.Dispose();

    private HookReload Read(out HookFile? content)
    {
        content = null;
        if (_options.ConfigurationFile is not { } file) return new HookReload { Errors = [NoFile] };
        content = HookFile.Read(file);
        return content.Hooks is { } hooks ? _hooks.Apply(hooks) : new HookReload { Errors = content.Errors };
    }

    private void Warn(HookFile content)
    {
        foreach (var warning in content.Warnings) _options.Log.OnWarning(warning);
    }
}
