namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>How a method's argument is written (AMQP 0-9-1 §4.2.5).</summary>
internal enum AmqpType : byte
{
    Bit,
    Octet,
    Short,
    Long,
    LongLong,
    ShortString,
    LongString,
    Table,
}
