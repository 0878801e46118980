namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>One argument of a method.</summary>
/// <param name="Name">Its name in items; empty for one that is reserved.</param>
/// <param name="Type">How it is written.</param>
internal readonly record struct AmqpArgument(string Name, AmqpType Type);
