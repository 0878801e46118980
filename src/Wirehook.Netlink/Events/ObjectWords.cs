using System.Text;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>Builds an object's description out of some of its fields, in the order and manner of the ip tool: what says nothing is left out.</summary>
internal sealed class ObjectWords(NetlinkObject subject)
{
    private readonly StringBuilder _text = new();

    /// <summary>A word of one's own; nothing where null.</summary>
    public ObjectWords Add(string? word)
    {
        if (string.IsNullOrEmpty(word)) return this;
        Space();
        ObjectText.AppendEscaped(_text, word);
        return this;
    }

    /// <summary>A field's value alone.</summary>
    public ObjectWords Value(string field) => Append("", field, null);

    /// <summary>A field's value behind a label.</summary>
    /// <param name="label">Such as <c>mtu</c>.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="usual">The number that goes without saying.</param>
    public ObjectWords Named(string label, string field, long? usual = null) => Append(label + " ", field, usual);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private ObjectWords Append(string label, string name, long? usual)
    {
        var field = Find(name);
        var value = field.Get(subject);
        if (!ObjectText.IsTelling(value) || (value.Kind == NetworkValueKind.Number && value.AsNumber == usual)) return this;
        Space();
        _text.Append(label);
        ObjectText.AppendValue(_text, field, value);
        return this;
    }

    private NetworkField Find(string name)
    {
        foreach (var field in subject.Family.Fields)
        {
            if (field.Name == name) return field;
        }

        throw new ArgumentException($"The family {subject.Family.Name} has no field {name}.", nameof(name));
    }

    private void Space()
    {
        if (_text.Length > 0) _text.Append(' ');
    }
}
