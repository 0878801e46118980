using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>The arguments of methods: what each means in an item, and how they are read.</summary>
internal static class AmqpArguments
{
    private const string Table = "{ [name: string]: any }";

    private static readonly (string Name, string TypeScript, string Description)[] Declared =
    [
        ("active", "boolean", "Whether the peer may send content."),
        ("arguments", Table, "Arguments of the server's implementation, such as `x-message-ttl`."),
        ("autoDelete", "boolean", "Whether it is deleted with its last user."),
        ("challenge", "string", "Data of the authentication mechanism."),
        ("channelMax", "number", "Most channels."),
        ("classId", "number", "Class of the method that caused the close, or 0."),
        ("clientProperties", Table, "What the client says of itself."),
        ("consumerCount", "number", "Consumers of the queue."),
        ("consumerTag", "string", "Identifies the consumer on its channel."),
        ("deliveryTag", "number", "Identifies the delivery on its channel."),
        ("destination", "string", "The exchange that gets the messages."),
        ("durable", "boolean", "Whether it survives a restart of the server."),
        ("exchange", "string", "The exchange; empty for the default one."),
        ("exclusive", "boolean", "Whether one connection alone uses it."),
        ("frameMax", "number", "Longest frame in bytes; 0 for no limit."),
        ("global", "boolean", "Whether the limit is one for all consumers of the channel."),
        ("heartbeat", "number", "Seconds between heartbeats; 0 for none."),
        ("ifEmpty", "boolean", "Whether only an empty queue is deleted."),
        ("ifUnused", "boolean", "Whether it is deleted only without users."),
        ("immediate", "boolean", "Whether the message is returned when no consumer takes it now."),
        ("internal", "boolean", "Whether publishers may not use the exchange."),
        ("locale", "string", "The language chosen."),
        ("locales", "string", "Languages of the server."),
        ("mandatory", "boolean", "Whether the message is returned when no queue takes it."),
        ("mechanism", "string", "The authentication mechanism chosen."),
        ("mechanisms", "string", "Authentication mechanisms of the server."),
        ("messageCount", "number", "Messages in the queue, or that were deleted."),
        ("methodId", "number", "The method that caused the close, or 0."),
        ("multiple", "boolean", "Whether every delivery up to this one is meant."),
        ("newSecret", "string", "The new credential."),
        ("noAck", "boolean", "Whether deliveries need no acknowledgement."),
        ("noLocal", "boolean", "Whether messages of the same connection are left out."),
        ("noWait", "boolean", "Whether no answer is wanted."),
        ("passive", "boolean", "Whether existence is asked for, and nothing made."),
        ("prefetchCount", "number", "Most unacknowledged deliveries; 0 for no limit."),
        ("prefetchSize", "number", "Most unacknowledged bytes; 0 for no limit."),
        ("queue", "string", "The queue; empty for the last one declared on the channel."),
        ("read", "boolean", "Whether reading is asked for."),
        ("realm", "string", "The access realm."),
        ("reason", "string", "Why."),
        ("redelivered", "boolean", "Whether the message was delivered before."),
        ("relyCode", "number", "The reply code, such as 200 or 404, under the name that Kubeshark gives it."),
        ("replyText", "string", "The reply code in words."),
        ("requeue", "boolean", "Whether the messages go back to their queue."),
        ("response", "string", "Data of the authentication mechanism."),
        ("routingKey", "string", "The routing key."),
        ("serverProperties", Table, "What the server says of itself."),
        ("source", "string", "The exchange that gives the messages."),
        ("ticket", "number", "The access ticket."),
        ("type", "string", "The exchange's type, such as `direct` or `topic`."),
        ("versionMajor", "number", "Major version of the protocol."),
        ("versionMinor", "number", "Minor version of the protocol."),
        ("virtualHost", "string", "The virtual host."),
        ("write", "boolean", "Whether writing is asked for."),
    ];

    /// <summary>A field for each argument that any method has.</summary>
    /// <param name="get">Reads the argument of this name.</param>
    public static IEnumerable<Field> Fields(Func<Record, string, FieldValue> get) =>
        Declared.Select(d => new Field(d.Name, d.TypeScript, d.Description, r => get(r, d.Name), Optional: true));

    /// <summary>The values of a method's arguments, in the order of <see cref="AmqpMethod.Arguments"/>.</summary>
    public static FieldValue[] Read(AmqpMethod method, ReadOnlySpan<byte> arguments)
    {
        var values = new FieldValue[method.Arguments.Length];
        var reader = new AmqpReader(arguments);
        var (bit, bits) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var type = method.Arguments[i].Type;
            if (type != AmqpType.Bit)
            {
                bit = 0;
                values[i] = Read(type, ref reader);
                continue;
            }

            if (bit % 8 == 0) bits = reader.Octet();
            values[i] = FieldValue.From((bits & (1 << (bit++ % 8))) != 0);
        }

        return values;
    }

    /// <summary>Whether the sender of a method renounces the answer.</summary>
    public static bool HasNoWait(AmqpMethod method, ReadOnlySpan<byte> arguments) => method.NoWait >= 0 && Read(method, arguments)[method.NoWait].AsBoolean;

    private static FieldValue Read(AmqpType type, ref AmqpReader reader) => type switch
    {
        AmqpType.Octet => FieldValue.From(reader.Octet()),
        AmqpType.Short => FieldValue.From(reader.Short()),
        AmqpType.Long => FieldValue.From(reader.Long()),
        AmqpType.LongLong => FieldValue.From(reader.LongLong()),
        AmqpType.ShortString => FieldValue.From(reader.ShortText()),
        AmqpType.LongString => FieldValue.From(reader.LongText()),
        _ => FieldValue.From(AmqpTable.Read(reader.LongString())),
    };
}
