namespace Wirehook.Hub.Api;

/// <summary>Why a request was not done.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A word for programs: INVALID_REQUEST, NOT_FOUND, CONFLICT, INTERNAL_ERROR …</param>
/// <param name="Message">A text for people; it may have several lines.</param>
public sealed record ApiProblem(int Status, string Code, string Message)
{
    /// <summary>400: the request itself is wrong.</summary>
    public static ApiProblem Invalid(string message) => new(400, "INVALID_REQUEST", message);

    /// <summary>404: what the path names does not exist.</summary>
    public static ApiProblem NotFound(string message) => new(404, "NOT_FOUND", message);

    /// <summary>405: the path exists, the method does not.</summary>
    public static ApiProblem MethodNotAllowed(string message) => new(405, "METHOD_NOT_ALLOWED", message);

    /// <summary>409: it is at odds with what exists.</summary>
    public static ApiProblem Conflict(string message) => new(409, "CONFLICT", message);

    /// <summary>500: Wirehook's own failure.</summary>
    public static ApiProblem Internal(string message) => new(500, "INTERNAL_ERROR", message);
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ApiProblemException : Exception
{
    /// <summary>Ends the request with <paramref name="problem"/>.</summary>
    public ApiProblemException(ApiProblem problem)
        : base(problem.Message)
    {
        Problem = problem;
    }

    /// <summary>What is answered.</summary>
    public ApiProblem Problem { get; }
}
