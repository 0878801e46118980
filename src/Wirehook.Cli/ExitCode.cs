namespace Wirehook.Cli;

/// <summary>What the process's exit status tells the caller; documented in the help of every command.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Success = 0;

    /// <summary><c>wirehook test</c>: the output differs from the golden file, or a script failed its test. <c>wirehook hooks test</c>: the hook's run failed.</summary>
    public const int Difference = 1;

    /// <summary>The command line, the configuration or a named file is not usable.</summary>
    public const int Usage = 2;

    /// <summary>A capture file is damaged; every packet before the damage was processed.</summary>
    public const int DamagedCapture = 3;

    /// <summary>A script was not loaded: a syntax error, or its top-level code threw.</summary>
    public const int ScriptNotLoaded = 4;

    /// <summary>The operating system refused the capture: a missing privilege or interface.</summary>
    public const int CaptureRefused = 5;

    /// <summary>No <c>wirehook hooks run</c> listens on the socket.</summary>
    public const int NotRunning = 6;
}
