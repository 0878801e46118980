namespace Wirehook.Netlink.Monitor;

/// <summary>Monitoring cannot begin: no such namespace, or the system refuses it. The message is meant for people.</summary>
/// <param name="message">What was refused and what can be done.</param>
public sealed class MonitorException(string message) : Exception(message);
