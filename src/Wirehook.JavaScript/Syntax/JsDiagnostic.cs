namespace Wirehook.JavaScript;

/// <summary>One syntax error.</summary>
/// <param name="Message">What is wrong, in V8's words where V8 knows the error.</param>
/// <param name="Line">Line counted from 1.</param>
/// <param name="Column">Column counted from 1, in UTF-16 units.</param>
/// <param name="Length">Characters the error covers on that line, at least 1.</param>
public readonly record struct JsDiagnostic(string Message, int Line, int Column, int Length);
