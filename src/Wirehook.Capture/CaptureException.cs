namespace Wirehook.Capture;

/// <summary>A capture could not be opened. The message names the file or interface and what the user can do.</summary>
/// <param name="message">The sentence shown to people.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class CaptureException(string message, Exception? innerException = null) : Exception(message, innerException);
