namespace Wirehook.Scripting;

/// <summary>The text of one script.</summary>
/// <param name="Name">What it is called everywhere: the file name with its <c>.js</c>, such as <c>top.js</c>. Unique within a host.</param>
/// <param name="Code">JavaScript.</param>
/// <param name="Path">Where it was read from, for messages; null where it came from nowhere.</param>
public sealed record ScriptSource(string Name, string Code, string? Path = null);
