using System.Globalization;
using System.Text;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Rule;

/// <summary>Rules in the words of <c>ip rule</c>.</summary>
internal static class PolicyRuleText
{
    private const uint Invert = 2;

    /// <summary>Such as <c>1000: from 10.1.0.0/16 fwmark 0x10/0xff table 100</c>.</summary>
    public static string Describe(PolicyRule rule)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{rule.Priority}: {((rule.Flags & Invert) != 0 ? "not " : "")}from ");
        text.Append(rule.Source.IsPresent ? rule.Source.ToString() : "all");
        if (rule.Destination.IsPresent) text.Append(" to ").Append(rule.Destination);
        if (rule.TypeOfService != 0) text.Append(CultureInfo.InvariantCulture, $" tos 0x{rule.TypeOfService:x}");
        if (rule.Mark is { } mark) text.Append(CultureInfo.InvariantCulture, $" fwmark 0x{mark:x}");
        if (rule.Mask is { } mask and not uint.MaxValue) text.Append(CultureInfo.InvariantCulture, $"/0x{mask:x}");
        AppendText(text, " iif ", rule.InputInterface);
        AppendText(text, " oif ", rule.OutputInterface);
        AppendText(text, " uidrange ", PolicyRule.Text(rule.Users));
        if (rule.IpProtocol is { } protocol) AppendSymbol(text, " ipproto ", "ip_proto", protocol);
        AppendText(text, " sport ", rule.SourcePortText);
        AppendText(text, " dport ", rule.DestinationPortText);
        AppendVerdict(text, rule);
        return text.ToString();
    }

    private static void AppendVerdict(StringBuilder text, PolicyRule rule)
    {
        if (rule.GotoPriority is { } target) text.Append(CultureInfo.InvariantCulture, $" goto {target}");
        else if (rule.Action != 1) AppendSymbol(text, " ", "action", rule.Action);
        else if (rule.UsesMasterDevice) text.Append(" table of the master device");
        else AppendSymbol(text, " table ", "table", rule.Table);
        if (rule.SuppressPrefixLength is { } length) text.Append(CultureInfo.InvariantCulture, $" suppress_prefixlength {length}");
    }

    private static void AppendText(StringBuilder text, string label, string? value)
    {
        if (value is null) return;
        text.Append(label);
        ObjectText.AppendEscaped(text, value);
    }

    private static void AppendSymbol(StringBuilder text, string label, string field, long value)
    {
        text.Append(label);
        var symbol = new StringBuilder();
        ObjectText.AppendValue(symbol, RuleFields.Find(field), NetworkValue.From(value));
        text.Append(symbol.ToString().ToLowerInvariant());
    }
}
