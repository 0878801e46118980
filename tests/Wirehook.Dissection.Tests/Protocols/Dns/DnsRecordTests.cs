using System.Text;
using System.Text.Json;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>Every record type's fields, from messages built by hand.</summary>
public class DnsRecordTests
{
    private static readonly byte[] Owner = [0xC0, 12];

    public static TheoryData<string, int, string, string?, string> Types => new()
    {
        // type name, number, data in hex ("n:" starts a name, "s:" a character-string, "t:" raw text), field that holds it, data in presentation format
        { "A", 1, "0A652E4B", "ip=10.101.46.75", "" },
        { "AAAA", 28, "20010DB8000000000000000000000001", "ip=2001:db8::1", "" },
        { "NS", 2, "n:ns1.Example.com", "ns=ns1.Example.com", "" },
        { "CNAME", 5, "n:web.example.com", "cname=web.example.com", "" },
        { "PTR", 12, "n:host.example.com", "ptr=host.example.com", "" },
        { "SOA", 6, "n:ns.dns.cluster.local n:hostmaster.cluster.local 00000001 00001C20 00000708 00015180 0000001E", "soa=hostmaster.cluster.local", "ns.dns.cluster.local hostmaster.cluster.local 1 7200 1800 86400 30" },
        { "MX", 15, "000A n:mail.example.com", "mx=mail.example.com", "10 mail.example.com" },
        { "TXT", 16, "s:v=spf1 s:a\"b", "txts=v=spf1,a\"b", "\"v=spf1\" \"a\\\"b\"" },
        { "SPF", 99, "s:v=spf1", null, "\"v=spf1\"" },
        { "SRV", 33, "0001 0002 1466 n:sip.example.com", "srv=sip.example.com", "1 2 5222 sip.example.com" },
        { "URI", 256, "000A 0001 t:https://example.com/", "uri=https://example.com/", "10 1 \"https://example.com/\"" },
        { "HINFO", 13, "s:RFC8482 s:", null, "\"RFC8482\" \"\"" },
        { "RP", 17, "n:admin.example.com 00", null, "admin.example.com ." },
        { "AFSDB", 18, "0001 n:afs.example.com", null, "1 afs.example.com" },
        { "DNAME", 39, "n:other.example", null, "other.example" },
        { "NAPTR", 35, "0064 000A s:u s:E2U+sip s:!^.*$!sip:a@b! 00", null, "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:a@b!\" ." },
        { "CAA", 257, "00 s:issue t:letsencrypt.org", null, "0 issue \"letsencrypt.org\"" },
        { "DS", 43, "EC45 05 01 2BB183AF", null, "60485 5 1 2BB183AF" },
        { "CDS", 59, "EC45 05 01 2BB183AF", null, "60485 5 1 2BB183AF" },
        { "DNSKEY", 48, "0101 03 0D 00010203", null, "257 3 13 AAECAw==" },
        { "RRSIG", 46, "0001 0D 02 00000E10 65A0B000 6596F580 3039 n:example.com 0102", null, "A 13 2 3600 20240112032032 20240104181424 12345 example.com AQI=" },
        { "NSEC", 47, "n:host.example.com 0006 400100000003", null, "host.example.com A MX RRSIG NSEC" },
        { "NSEC3", 50, "01 01 000C 04 AABBCCDD 14 0011223344556677889900112233445566778899 0001 40", null, "1 1 12 AABBCCDD 008I4CQ4ALJ7F24P008I4CQ4ALJ7F24P A" },
        { "NSEC3PARAM", 51, "01 00 0000 00", null, "1 0 0 -" },
        { "TLSA", 52, "03 01 01 0BADCAFE", null, "3 1 1 0BADCAFE" },
        { "SSHFP", 44, "04 02 DEADBEEF", null, "4 2 DEADBEEF" },
        { "OPENPGPKEY", 61, "000102", null, "AAEC" },
        { "CSYNC", 62, "00000042 0003 000460000008", null, "66 3 A NS AAAA" },
        { "ZONEMD", 63, "78000001 01 01 ABCD", null, "2013265921 1 1 ABCD" },
        { "EUI48", 108, "00005E00532A", null, "00-00-5e-00-53-2a" },
        { "LOC", 29, "00 33 16 13 89172DD0 70BE15F0 00988D20", null, "42 21 54.000 N 71 6 18.000 W -24.00m 30.00m 10000.00m 10.00m" },
        { "HTTPS", 65, "0001 00 0001 0006 02 t:h2 02 t:h3 0004 0008 C0000201 C0000202 0003 0002 01BB", null, "1 . alpn=\"h2,h3\" ipv4hint=192.0.2.1,192.0.2.2 port=443" },
        { "SVCB", 64, "0010 n:svc.example.net 0000 0004 00010003 0006 0010 20010DB8000000000000000000000001 029A 0002 t:hi", null, "16 svc.example.net mandatory=alpn,port ipv6hint=2001:db8::1 key666=\"hi\"" },
        { "TSIG", 250, "n:hmac-sha256 000065A0B000 012C 0002 AABB 0001 0000 0000", null, "hmac-sha256 1705029632 300 AABB 1 0 -" },
        { "TYPE65280", 65280, "0102FF", null, "\\# 3 0102FF" },
        { "NULL", 10, "", null, "\\# 0" },
        { "MX", 15, "00", "mx=", "\\# 1 00" },
        { "SOA", 6, "n:a.b", "soa=", "\\# 5 0161016200" },
        { "HTTPS", 65, "0001 00 0001 0003 05 t:h2", null, "\\# 10 0001000001000305" + "6832" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Record_shows_its_data_in_its_own_field_and_in_presentation_format(string type, int number, string data, string? field, string presentation)
    {
        var record = DissectRecord((ushort)number, Data(data));
        Assert.Equal(type, record.GetProperty("type").GetString());
        Assert.Equal("example.com", record.GetProperty("name").GetString());
        Assert.Equal("IN", record.GetProperty("class").GetString());
        Assert.Equal(60, record.GetProperty("ttl").GetInt32());
        if (presentation.Length == 0) Assert.False(record.TryGetProperty("data", out _));
        else Assert.Equal(presentation, record.GetProperty("data").GetString());

        var own = field?.Split('=', 2);
        foreach (var name in new[] { "cname", "ip", "mx", "ns", "opt", "ptr", "soa", "srv", "txts", "uri" })
        {
            var expected = own?[0] == name ? own[1] : name == "ip" ? "<nil>" : "";
            Assert.Equal(expected, record.GetProperty(name).GetString());
        }
    }

    [Fact]
    public void Edns_record_shows_version_size_flags_and_options_and_extends_the_response_code()
    {
        byte[] options = [0, 8, 0, 7, 0, 1, 24, 0, 192, 0, 2, 0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 15, 0, 4, 0, 18, (byte)'n', (byte)'o', 0, 12, 0, 0];
        var message = new DnsMessageBuilder(7, 0x8180 | 0, additionals: 1).Question("example.com").Record([0], 41, options, ttl: 0x0100_8000, @class: 1232).ToArray();
        var item = Dissect(message);
        var opt = item.GetProperty("response").GetProperty("additionals")[0];
        Assert.Equal("version 0; udp 1232; do; ECS 192.0.2.0/24; COOKIE 0102030405060708; EDE 18 no; PADDING", opt.GetProperty("opt").GetString());
        Assert.Equal(".", opt.GetProperty("name").GetString());
        Assert.Equal("OPT", opt.GetProperty("type").GetString());
        Assert.Equal("CLASS1232", opt.GetProperty("class").GetString());
        Assert.False(opt.TryGetProperty("data", out _));
        Assert.Equal("Bad OPT Version", item.GetProperty("response").GetProperty("code").GetString());
    }

    [Fact]
    public void Sections_keep_their_records_apart()
    {
        var message = new DnsMessageBuilder(7, 0x8183, answers: 1, authorities: 2, additionals: 1).Question("example.com")
            .Record(Owner, 1, [1, 2, 3, 4]).Record(Owner, 2, Data("n:a")).Record(Owner, 2, Data("n:b")).Record(Owner, 28, new byte[16]).ToArray();
        var response = Dissect(message).GetProperty("response");
        Assert.Equal("Non-Existent Domain", response.GetProperty("code").GetString());
        Assert.Equal("1.2.3.4", Assert.Single(response.GetProperty("answers").EnumerateArray()).GetProperty("ip").GetString());
        Assert.Equal(["a", "b"], response.GetProperty("authorities").EnumerateArray().Select(r => r.GetProperty("ns").GetString()));
        Assert.Equal("::", Assert.Single(response.GetProperty("additionals").EnumerateArray()).GetProperty("ip").GetString());
    }

    [Fact]
    public void Records_before_the_damage_are_shown()
    {
        var message = new DnsMessageBuilder(7, 0x8180, answers: 3).Question("example.com").Record(Owner, 1, [1, 2, 3, 4]).Raw(0xC0).ToArray();
        Assert.Equal(1, Dissect(message).GetProperty("response").GetProperty("answers").GetArrayLength());
    }

    internal static byte[] Data(string description)
    {
        var bytes = new List<byte>();
        foreach (var piece in description.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.AddRange(piece[..Math.Min(2, piece.Length)] switch
            {
                "n:" => DnsMessageBuilder.NameBytes(piece[2..]),
                "s:" => [(byte)(piece.Length - 2), .. Encoding.UTF8.GetBytes(piece[2..])],
                "t:" => Encoding.UTF8.GetBytes(piece[2..]),
                _ => Convert.FromHexString(piece),
            });
        }

        return [.. bytes];
    }

    private static JsonElement DissectRecord(ushort type, byte[] data) =>
        Dissect(new DnsMessageBuilder(7, 0x8180, answers: 1).Question("example.com", type).Record(Owner, type, data).ToArray())
            .GetProperty("response").GetProperty("answers")[0];

    private static JsonElement Dissect(byte[] response)
    {
        var harness = new DnsHarness();
        harness.Udp().Answer(response);
        return harness.Json(0);
    }
}
