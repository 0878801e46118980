namespace Wirehook.Worker.Configuration;

/// <summary>The configuration cannot be used. The message says where, what, and what would be right.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>An error with its full message.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }
}
