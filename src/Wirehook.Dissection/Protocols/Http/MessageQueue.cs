namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Messages of one direction that wait for their partner, oldest first, with marks where messages are missing.</summary>
internal sealed class MessageQueue
{
    private Http1Message?[] _ring = [];
    private int _first;

    public int Count { get; private set; }

    /// <summary>Bytes that the waiting messages hold; the body of one that is not complete is not counted yet.</summary>
    public long Held { get; private set; }

    public Http1Message this[int index] => _ring[(_first + index) & (_ring.Length - 1)]!;

    public Http1Message? Newest => Count == 0 ? null : this[Count - 1];

    public void Enqueue(Http1Message message)
    {
        if (Count == _ring.Length) Grow();
        _ring[(_first + Count++) & (_ring.Length - 1)] = message;
        Held += message.Held;
    }

    /// <summary>Counts the body of a message that came with its head only.</summary>
    public void OnCompleted(Http1Message message)
    {
        if (ReferenceEquals(Newest, message)) Held += message.KeptBody;
    }

    public Http1Message Dequeue()
    {
        ref var slot = ref _ring[_first];
        var message = slot!;
        slot = null;
        _first = (_first + 1) & (_ring.Length - 1);
        Held = --Count == 0 ? 0 : Math.Max(0, Held - message.Held);
        return message;
    }

    /// <summary>Adds a mark, or strengthens the one that is last.</summary>
    public void Mark(bool hard)
    {
        if (Newest is not { IsMark: true }) Enqueue(hard ? Http1Message.Lost : Http1Message.PerhapsLost);
        else if (hard) _ring[(_first + Count - 1) & (_ring.Length - 1)] = Http1Message.Lost;
    }

    /// <summary>Puts <paramref name="stub"/> in the place of <paramref name="message"/>, if it is here.</summary>
    public void Replace(Http1Message message, Http1Message stub)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!ReferenceEquals(this[i], message)) continue;
            _ring[(_first + i) & (_ring.Length - 1)] = stub;
            Held = Math.Max(0, Held - message.Held + stub.Held);
            return;
        }
    }

    private void Grow()
    {
        var larger = new Http1Message?[Math.Max(4, _ring.Length * 2)];
        for (var i = 0; i < Count; i++) larger[i] = this[i];
        (_ring, _first) = (larger, 0);
    }
}
