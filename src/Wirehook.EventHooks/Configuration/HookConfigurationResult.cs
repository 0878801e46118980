using System.Diagnostics.CodeAnalysis;

namespace Wirehook.EventHooks.Configuration;

/// <summary>One thing that is wrong in a configuration file, or looks wrong.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Line, from 1; 0 where it is about the whole file.</param>
/// <param name="Column">Column in characters, from 1; 0 where it is about the whole file.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Excerpt">The text that it is about and carets below, in two lines; empty where there is none.</param>
public sealed record HookConfigurationError(string File, long Line, long Column, string Message, string Excerpt = "")
{
    /// <summary><c>file:line:column: message</c>, followed by the excerpt.</summary>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}: {Message}") + (Excerpt.Length > 0 ? "\n" + Excerpt : "");
}

/// <summary>What came of reading a configuration: the configuration, or all that is wrong with it.</summary>
public sealed class HookConfigurationResult
{
    internal HookConfigurationResult(HookConfiguration? configuration, IReadOnlyList<HookConfigurationError> errors, IReadOnlyList<HookConfigurationError> warnings)
    {
        (Configuration, Errors, Warnings) = (configuration, errors, warnings);
    }

    /// <summary>Whether there is a configuration.</summary>
    [MemberNotNullWhen(true, nameof(Configuration))]
    public bool Succeeded => Configuration is not null;

    /// <summary>The configuration; null where there are errors.</summary>
    public HookConfiguration? Configuration { get; }

    /// <summary>Why there is none; empty where there is one.</summary>
    public IReadOnlyList<HookConfigurationError> Errors { get; }

    /// <summary>What is allowed but probably not meant.</summary>
    public IReadOnlyList<HookConfigurationError> Warnings { get; }

    internal static HookConfigurationResult Failed(HookConfigurationError error) => new(null, [error], []);
}
