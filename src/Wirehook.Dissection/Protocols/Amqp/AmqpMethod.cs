namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>One method of the protocol's classes.</summary>
internal sealed class AmqpMethod
{
    /// <summary>Class of the methods that carry content.</summary>
    public const ushort BasicClass = 60;

    /// <summary>A method; what it answers, and whether it is answered, is set afterwards.</summary>
    public AmqpMethod(ushort classId, ushort methodId, string name, AmqpArgument[] arguments)
    {
        (ClassId, MethodId, Name, Arguments) = (classId, methodId, name, arguments);
        NoWait = Array.FindIndex(arguments, a => a.Name == "noWait");
        HasContent = classId == BasicClass && methodId is 40 or 50 or 60 or 71;
        IsClose = name is "connection close" or "channel close";
    }

    public ushort ClassId { get; }

    public ushort MethodId { get; }

    /// <summary>Class and method as items name them: <c>basic publish</c>.</summary>
    public string Name { get; }

    public AmqpArgument[] Arguments { get; }

    /// <summary>Index of the argument by which the sender renounces the answer, or -1.</summary>
    public int NoWait { get; }

    /// <summary>Whether a content header and body follow: publish, return, deliver and get-ok.</summary>
    public bool HasContent { get; }

    /// <summary>Whether it closes the channel or the connection: what was asked before may stay unanswered.</summary>
    public bool IsClose { get; }

    /// <summary>Whether the peer answers it, unless <see cref="NoWait"/> is set.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The method that it answers, or null.</summary>
    public AmqpMethod? Answers { get; set; }

    /// <summary>Whether <paramref name="arguments"/> are this method's, down to the last byte.</summary>
    public bool Fits(ReadOnlySpan<byte> arguments)
    {
        var reader = new AmqpReader(arguments);
        var bit = 0;
        foreach (var argument in Arguments)
        {
            if (argument.Type == AmqpType.Bit)
            {
                if (bit++ % 8 == 0) reader.Octet();
                continue;
            }

            bit = 0;
            reader.Bytes(argument.Type switch
            {
                AmqpType.Octet => 1,
                AmqpType.Short => sizeof(ushort),
                AmqpType.Long => sizeof(uint),
                AmqpType.LongLong => sizeof(ulong),
                AmqpType.ShortString => reader.Octet(),
                _ => reader.Long(),
            });
        }

        return reader.IsAtEnd;
    }
}
