using System.Globalization;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>
/// The methods of AMQP 0-9-1 (amqp0-9-1.xml) with RabbitMQ's extensions. Each line gives class and method number, their names, the method that it answers, and its
/// arguments with their types: b bit, o octet, S short, I long, Q long long, s short string, L long string, T table; without a name where reserved.
/// </summary>
internal static class AmqpMethods
{
    private const int HighestClass = 90;
    private const int HighestMethod = 120;

    private static readonly string[] Declarations =
    [
        "10 10 connection start - versionMajor:o versionMinor:o serverProperties:T mechanisms:L locales:L",
        "10 11 connection start-ok - clientProperties:T mechanism:s response:L locale:s",
        "10 20 connection secure - challenge:L",
        "10 21 connection secure-ok 20 response:L",
        "10 30 connection tune - channelMax:S frameMax:I heartbeat:S",
        "10 31 connection tune-ok - channelMax:S frameMax:I heartbeat:S",
        "10 40 connection open - virtualHost:s :s :b",
        "10 41 connection open-ok 40 :s",
        "10 50 connection close - relyCode:S replyText:s classId:S methodId:S",
        "10 51 connection close-ok 50",
        "10 60 connection blocked - reason:s",
        "10 61 connection unblocked -",
        "10 70 connection update-secret - newSecret:L reason:s",
        "10 71 connection update-secret-ok 70",
        "20 10 channel open - :s",
        "20 11 channel open-ok 10 :L",
        "20 20 channel flow - active:b",
        "20 21 channel flow-ok 20 active:b",
        "20 40 channel close - relyCode:S replyText:s classId:S methodId:S",
        "20 41 channel close-ok 40",
        "30 10 access request - realm:s exclusive:b passive:b active:b write:b read:b",
        "30 11 access request-ok 10 ticket:S",
        "40 10 exchange declare - :S exchange:s type:s passive:b durable:b autoDelete:b internal:b noWait:b arguments:T",
        "40 11 exchange declare-ok 10",
        "40 20 exchange delete - :S exchange:s ifUnused:b noWait:b",
        "40 21 exchange delete-ok 20",
        "40 30 exchange bind - :S destination:s source:s routingKey:s noWait:b arguments:T",
        "40 31 exchange bind-ok 30",
        "40 40 exchange unbind - :S destination:s source:s routingKey:s noWait:b arguments:T",
        "40 51 exchange unbind-ok 40",
        "50 10 queue declare - :S queue:s passive:b durable:b exclusive:b autoDelete:b noWait:b arguments:T",
        "50 11 queue declare-ok 10 queue:s messageCount:I consumerCount:I",
        "50 20 queue bind - :S queue:s exchange:s routingKey:s noWait:b arguments:T",
        "50 21 queue bind-ok 20",
        "50 30 queue purge - :S queue:s noWait:b",
        "50 31 queue purge-ok 30 messageCount:I",
        "50 40 queue delete - :S queue:s ifUnused:b ifEmpty:b noWait:b",
        "50 41 queue delete-ok 40 messageCount:I",
        "50 50 queue unbind - :S queue:s exchange:s routingKey:s arguments:T",
        "50 51 queue unbind-ok 50",
        "60 10 basic qos - prefetchSize:I prefetchCount:S global:b",
        "60 11 basic qos-ok 10",
        "60 20 basic consume - :S queue:s consumerTag:s noLocal:b noAck:b exclusive:b noWait:b arguments:T",
        "60 21 basic consume-ok 20 consumerTag:s",
        "60 30 basic cancel - consumerTag:s noWait:b",
        "60 31 basic cancel-ok 30 consumerTag:s",
        "60 40 basic publish - :S exchange:s routingKey:s mandatory:b immediate:b",
        "60 50 basic return - relyCode:S replyText:s exchange:s routingKey:s",
        "60 60 basic deliver - consumerTag:s deliveryTag:Q redelivered:b exchange:s routingKey:s",
        "60 70 basic get - :S queue:s noAck:b",
        "60 71 basic get-ok 70 deliveryTag:Q redelivered:b exchange:s routingKey:s messageCount:I",
        "60 72 basic get-empty 70 :s",
        "60 80 basic ack - deliveryTag:Q multiple:b",
        "60 90 basic reject - deliveryTag:Q requeue:b",
        "60 100 basic recover-async - requeue:b",
        "60 110 basic recover - requeue:b",
        "60 111 basic recover-ok 110",
        "60 120 basic nack - deliveryTag:Q multiple:b requeue:b",
        "85 10 confirm select - noWait:b",
        "85 11 confirm select-ok 10",
        "90 10 tx select -",
        "90 11 tx select-ok 10",
        "90 20 tx commit -",
        "90 21 tx commit-ok 20",
        "90 30 tx rollback -",
        "90 31 tx rollback-ok 30",
    ];

    private static readonly AmqpMethod?[] ByNumber = new AmqpMethod?[(HighestClass + 1) * (HighestMethod + 1)];

    static AmqpMethods()
    {
        All = [.. Declarations.Select(Declare)];
        foreach (var method in All) ByNumber[IndexOf(method.ClassId, method.MethodId)] = method;
        foreach (var (method, declaration) in All.Zip(Declarations)) Link(method, declaration.Split(' ')[4]);
    }

    /// <summary>Every method.</summary>
    public static IReadOnlyList<AmqpMethod> All { get; }

    /// <summary>The method of these numbers, or null.</summary>
    public static AmqpMethod? Find(ushort classId, ushort methodId) =>
        classId <= HighestClass && methodId <= HighestMethod ? ByNumber[IndexOf(classId, methodId)] : null;

    private static int IndexOf(int classId, int methodId) => (classId * (HighestMethod + 1)) + methodId;

    private static AmqpMethod Declare(string declaration)
    {
        var words = declaration.Split(' ');
        var arguments = words.Skip(5).Select(w => new AmqpArgument(w[..w.IndexOf(':')], TypeOf(w[^1])));
        return new AmqpMethod(Number(words[0]), Number(words[1]), words[2] + " " + words[3], [.. arguments]);
    }

    private static void Link(AmqpMethod method, string answers)
    {
        if (answers == "-") return;
        method.Answers = Find(method.ClassId, Number(answers))!;
        method.Answers.IsAnswered = true;
    }

    private static ushort Number(string text) => ushort.Parse(text, CultureInfo.InvariantCulture);

    private static AmqpType TypeOf(char letter) => letter switch
    {
        'b' => AmqpType.Bit,
        'o' => AmqpType.Octet,
        'S' => AmqpType.Short,
        'I' => AmqpType.Long,
        'Q' => AmqpType.LongLong,
        's' => AmqpType.ShortString,
        'L' => AmqpType.LongString,
        _ => AmqpType.Table,
    };
}
