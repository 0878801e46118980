using System.Globalization;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>Decodes nftables messages (struct nfgenmsg, then attributes with big-endian numbers).</summary>
internal static class NftDecoder
{
    private const int HeaderLength = 4;

    private delegate void Setter(NftObject subject, in NetlinkAttribute attribute);

    private static readonly Setter[] Setters = [SetTable, SetChain, SetRule, SetSet, SetElements, SetObject, SetFlowtable, SetGeneration];

    /// <summary>Decodes one message; null where it is cut short or of an unknown type.</summary>
    public static NftObject? Decode(NetlinkFamily family, in NetlinkMessage message)
    {
        if (message.Body.Length < HeaderLength || NftMessages.KindOf(message.Type) is not { } kind) return null;
        var subject = new NftObject(family, kind, message.Body[0]);
        var set = Setters[(int)kind];
        foreach (var attribute in NetlinkAttributes.Behind(message.Body, HeaderLength)) set(subject, attribute);
        return subject;
    }

    private static void SetTable(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftTableAttribute)attribute.Type)
        {
            case NftTableAttribute.Name: (subject.Table, subject.Name) = (attribute.Text, null); break;
            case NftTableAttribute.Flags: subject.Flags = attribute.UInt32BigEndian; break;
            case NftTableAttribute.Use: subject.Use = attribute.UInt32BigEndian; break;
            case NftTableAttribute.Handle: subject.Handle = attribute.UInt64BigEndian; break;
            case NftTableAttribute.UserData: subject.Comment = NftUserData.Comment(attribute.Value); break;
            default: break;
        }
    }

    private static void SetChain(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftChainAttribute)attribute.Type)
        {
            case NftChainAttribute.Table: subject.Table = attribute.Text; break;
            case NftChainAttribute.Name: subject.Chain = attribute.Text; break;
            case NftChainAttribute.Handle: subject.Handle = attribute.UInt64BigEndian; break;
            case NftChainAttribute.Hook: SetHook(subject, attribute.Nested); break;
            case NftChainAttribute.Policy: subject.Policy = attribute.UInt32BigEndian; break;
            case NftChainAttribute.Use: subject.Use = attribute.UInt32BigEndian; break;
            case NftChainAttribute.Type: subject.Type = attribute.Text; break;
            case NftChainAttribute.Flags: subject.Flags = attribute.UInt32BigEndian; break;
            case NftChainAttribute.UserData: subject.Comment = NftUserData.Comment(attribute.Value); break;
            default: break;
        }
    }

    private static void SetRule(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftRuleAttribute)attribute.Type)
        {
            case NftRuleAttribute.Table: subject.Table = attribute.Text; break;
            case NftRuleAttribute.Chain: subject.Chain = attribute.Text; break;
            case NftRuleAttribute.Handle: subject.Handle = attribute.UInt64BigEndian; break;
            case NftRuleAttribute.Expressions: subject.Expressions = NftLists.Expressions(attribute.Nested); break;
            case NftRuleAttribute.Position: subject.Position = attribute.UInt64BigEndian; break;
            case NftRuleAttribute.UserData: subject.Comment = NftUserData.Comment(attribute.Value); break;
            default: break;
        }
    }

    private static void SetSet(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftSetAttribute)attribute.Type)
        {
            case NftSetAttribute.Table: subject.Table = attribute.Text; break;
            case NftSetAttribute.Name: subject.Name = attribute.Text; break;
            case NftSetAttribute.Flags: subject.Flags = attribute.UInt32BigEndian; break;
            case NftSetAttribute.KeyLength: subject.KeyLength = attribute.UInt32BigEndian; break;
            case NftSetAttribute.UserData: subject.Comment = NftUserData.SetComment(attribute.Value); break;
            case NftSetAttribute.Handle: subject.Handle = attribute.UInt64BigEndian; break;
            default: break;
        }
    }

    private static void SetElements(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftElementsAttribute)attribute.Type)
        {
            case NftElementsAttribute.Table: subject.Table = attribute.Text; break;
            case NftElementsAttribute.Set: subject.Name = attribute.Text; break;
            case NftElementsAttribute.Elements:
                subject.Elements = NftLists.Elements(attribute.Nested, out var count);
                subject.ElementCount = count;
                break;
            default: break;
        }
    }

    private static void SetObject(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftObjectAttribute)attribute.Type)
        {
            case NftObjectAttribute.Table: subject.Table = attribute.Text; break;
            case NftObjectAttribute.Name: subject.Name = attribute.Text; break;
            case NftObjectAttribute.Type: subject.Type = attribute.UInt32BigEndian?.ToString(CultureInfo.InvariantCulture); break;
            case NftObjectAttribute.Use: subject.Use = attribute.UInt32BigEndian; break;
            case NftObjectAttribute.Handle: subject.Handle = attribute.UInt64BigEndian; break;
            case NftObjectAttribute.UserData: subject.Comment = NftUserData.Comment(attribute.Value); break;
            default: break;
        }
    }

    private static void SetFlowtable(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftFlowtableAttribute)attribute.Type)
        {
            case NftFlowtableAttribute.Table: subject.Table = attribute.Text; break;
            case NftFlowtableAttribute.Name: subject.Name = attribute.Text; break;
            case NftFlowtableAttribute.Hook: SetFlowtableHook(subject, attribute.Nested); break;
            case NftFlowtableAttribute.Use: subject.Use = attribute.UInt32BigEndian; break;
            case NftFlowtableAttribute.Handle: subject.Handle = attribute.UInt64BigEndian; break;
            case NftFlowtableAttribute.Flags: subject.Flags = attribute.UInt32BigEndian; break;
            default: break;
        }
    }

    private static void SetGeneration(NftObject subject, in NetlinkAttribute attribute)
    {
        switch ((NftGenerationAttribute)attribute.Type)
        {
            case NftGenerationAttribute.Id: subject.Generation = attribute.UInt32BigEndian; break;
            case NftGenerationAttribute.ProcessId: subject.ProcessId = attribute.UInt32BigEndian; break;
            case NftGenerationAttribute.ProcessName: subject.ProcessName = attribute.Text; break;
            default: break;
        }
    }

    private static void SetHook(NftObject subject, NetlinkAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            switch ((NftHookAttribute)attribute.Type)
            {
                case NftHookAttribute.Number: subject.HookNumber = attribute.UInt32BigEndian; break;
                case NftHookAttribute.Priority: subject.Priority = (int?)attribute.UInt32BigEndian; break;
                case NftHookAttribute.Device: subject.Devices = [attribute.Text]; break;
                case NftHookAttribute.Devices: subject.Devices = NftLists.Names(attribute.Nested); break;
                default: break;
            }
        }
    }

    /// <summary>A flowtable's hook numbers its attributes without the single device: its third is the list.</summary>
    private static void SetFlowtableHook(NftObject subject, NetlinkAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute.Type)
            {
                case 1: subject.HookNumber = attribute.UInt32BigEndian; break;
                case 2: subject.Priority = (int?)attribute.UInt32BigEndian; break;
                case 3: subject.Devices = NftLists.Names(attribute.Nested); break;
                default: break;
            }
        }
    }
}
