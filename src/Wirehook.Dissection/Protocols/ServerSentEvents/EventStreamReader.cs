using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.ServerSentEvents;

/// <summary>Cuts an event stream into events (HTML standard §9.2.6). An event larger than the limit is cut; behind a gap it goes on with the next whole event.</summary>
internal sealed class EventStreamReader(FlowContext context, Direction clientDirection, HttpMessage? request) : HttpBodyFollower
{
    private readonly StringBuilder _data = new();
    private byte[] _line = [];
    private int _length;
    private string _name = "";
    private string _id = "";
    private long _size;
    private bool _begun;
    private bool _hasData;
    private bool _cut;
    private bool _lost;
    private bool _afterReturn;

    public override int Held => _line.Length + ((_data.Capacity + _name.Length + _id.Length) * sizeof(char));

    public override void OnData(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _size += data.Length;
        while (!data.IsEmpty)
        {
            if (_afterReturn && data[0] == '\n') data = data[1..];
            _afterReturn = false;
            var end = data.IndexOfAny((byte)'\r', (byte)'\n');
            Append(end < 0 ? data : data[..end]);
            if (end < 0) return;
            _afterReturn = data[end] == '\r';
            data = data[(end + 1)..];
            EndLine(timestamp, data.Length);
        }
    }

    public override void OnGap()
    {
        Reset();
        // The id is that of the latest event that had one, which may be among what is missing.
        (_length, _lost, _begun, _afterReturn, _id) = (0, true, true, false, "");
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        var room = Math.Max(0, context.Options.HeadLimit - _length);
        if (data.Length > room)
        {
            _cut = true;
            data = data[..room];
        }

        if (_length + data.Length > _line.Length) Array.Resize(ref _line, Math.Max(_length + data.Length, Math.Min(_line.Length * 2, context.Options.HeadLimit)));
        data.CopyTo(_line.AsSpan(_length));
        _length += data.Length;
    }

    private void EndLine(Timestamp timestamp, int rest)
    {
        var line = _line.AsSpan(0, _length);
        if (!_begun && line.StartsWith("\uFEFF"u8)) line = line[3..];
        (_begun, _length) = (true, 0);
        if (!line.IsEmpty)
        {
            if (!_lost) ReadField(line);
            return;
        }

        if (_hasData && !_lost) Emit(timestamp, _size - rest);
        Reset();
        (_lost, _size) = (false, rest);
        if (_line.Length > 4096) _line = [];
    }

    private void ReadField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var value = colon < 0 ? default : line[(colon + 1)..];
        if (value.StartsWith(" "u8)) value = value[1..];
        var field = colon < 0 ? line : line[..colon];
        if (field.SequenceEqual("data"u8)) AddData(Encoding.UTF8.GetString(value));
        else if (field.SequenceEqual("event"u8)) _name = Encoding.UTF8.GetString(value);
        else if (field.SequenceEqual("id"u8) && !value.Contains((byte)0)) _id = Encoding.UTF8.GetString(value);
    }

    private void AddData(string line)
    {
        if (_hasData && _data.Length < context.Options.HeadLimit) _data.Append('\n');
        _hasData = true;
        var room = Math.Max(0, context.Options.HeadLimit - _data.Length);
        _cut |= line.Length > room;
        _data.Append(line, 0, Math.Min(line.Length, room));
    }

    private void Emit(Timestamp timestamp, long size)
    {
        var made = new ServerSentEvent(_name.Length == 0 ? "message" : _name, _data.ToString(), _id, _cut);
        context.Emit(new EventItem(context, clientDirection, timestamp, request, made) { ResponseSize = size });
    }

    private void Reset()
    {
        _data.Clear();
        if (_data.Capacity > 4096) _data.Capacity = 0;
        (_name, _hasData, _cut) = ("", false, false);
    }
}
