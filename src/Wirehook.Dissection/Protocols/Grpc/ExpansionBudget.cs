namespace Wirehook.Dissection.Protocols.Grpc;

/// <summary>
/// What the compressed messages of one side of a call may still expand to, all together. A body has room for thousands of messages, each of which may expand a
/// thousandfold, and whoever reads an item as a whole keeps all of them.
/// </summary>
/// <param name="messageLimit">Most bytes that one message may expand to.</param>
internal sealed class ExpansionBudget(int messageLimit)
{
    private const int Messages = 4;
    private long _left = (long)messageLimit * Messages;

    /// <summary>Most bytes that the next message may expand to.</summary>
    public int Limit => (int)Math.Min(messageLimit, _left);

    /// <summary>A message expanded to <paramref name="bytes"/>.</summary>
    public void Spend(int bytes) => _left = Math.Max(0, _left - bytes);
}
