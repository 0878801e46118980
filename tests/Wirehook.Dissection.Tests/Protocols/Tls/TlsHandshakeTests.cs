using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Tls.TlsMessages;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>Handshakes in the clear: framing, fields, alerts, gaps, and what is not TLS.</summary>
public class TlsHandshakeTests
{
    private static readonly byte[] Hello = ClientHello([0x0A0A, 0x1301, 0xC02F], ServerName("example.org"), Extension(16, 0, 3, 2, (byte)'h', (byte)'2'),
        Extension(43, 6, 0x1A, 0x1A, 3, 4, 3, 3), Extension(13, 0, 4, 4, 3, 8, 4), Extension(10, 0, 4, 0, 29, 0, 23), Extension(11, 1, 0));

    private static readonly byte[] Answer13 = ServerHello(0x1301, Extension(43, 3, 4), Extension(51, 0, 29, 0, 1, 9));
    private static readonly byte[] Answer12 = ServerHello(0xC02F, Extension(16, 0, 3, 2, (byte)'h', (byte)'2'));

    [Fact]
    public void A_handshake_shows_what_was_offered_and_chosen()
    {
        var item = Json(new Conversation(serverPort: 443).Send(Direction.Forward, Record(22, Hello)).Send(Direction.Reverse, Record(22, Answer13)).End().Single());
        var (request, response) = (item.GetProperty("request"), item.GetProperty("response"));
        Assert.Equal("example.org", request.GetProperty("sni").GetString());
        Assert.Equal(["TLS 1.3", "TLS 1.2"], Texts(request, "supportedVersions"));
        Assert.Equal(["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"], Texts(request, "cipherSuites"));
        Assert.Equal(["h2"], Texts(request, "alpn"));
        Assert.Equal(["x25519", "secp256r1"], Texts(request, "groups"));
        Assert.Equal(["ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256"], Texts(request, "signatureAlgorithms"));
        Assert.Equal((771, "TLS 1.2"), (request.GetProperty("version").GetInt32(), request.GetProperty("versionName").GetString()));
        Assert.Equal((772, 0x1301, "x25519"), (response.GetProperty("version").GetInt32(), response.GetProperty("cipherSuite").GetInt32(), response.GetProperty("group").GetString()));
        Assert.Equal(("tlsx", "1.3", "no-key"), (item.GetProperty("protocol").GetProperty("name").GetString(), item.GetProperty("protocol").GetProperty("version").GetString(),
            item.GetProperty("decryption").GetProperty("state").GetString()));
        Assert.Equal(1, item.GetProperty("elapsedTime").GetInt32());
    }

    [Fact]
    public void Fingerprints_are_those_of_their_definitions()
    {
        var request = Json(new Conversation().Send(Direction.Forward, Record(22, Hello)).End().Single()).GetProperty("request");
        Assert.Equal("771,4865-49199,0-16-43-13-10-11,29-23,0", request.GetProperty("ja3").GetString());
        Assert.Equal("t13d0206h2", request.GetProperty("ja4").GetString()!.Split('_')[0]);
        // The example of the definition (FoxIO, JA4 technical details): sorted suites of a browser and their hash.
        ushort[] suites = [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035];
        var browser = ClientHello(suites, ServerName("a.example"), Extension(16, 0, 3, 2, (byte)'h', (byte)'2'), Extension(43, 2, 3, 4));
        var ja4 = Json(new Conversation().Send(Direction.Forward, Record(22, browser)).End().Single()).GetProperty("request").GetProperty("ja4").GetString()!;
        Assert.StartsWith("t13d1503h2_8daaf6152771_", ja4, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_may_span_records_and_records_may_hold_several()
    {
        byte[] certificate = Message(11, 0, 0, 0);
        byte[] flight = [.. Answer12, .. certificate, .. Message(14)];
        var conversation = new Conversation(serverPort: 443);
        foreach (var part in Hello.Chunk(7)) conversation.Send(Direction.Forward, Record(22, part));
        conversation.Send(Direction.Reverse, Record(22, flight));
        var item = Json(conversation.End().Single());
        Assert.Equal("example.org", item.GetProperty("request").GetProperty("sni").GetString());
        Assert.Equal("h2", item.GetProperty("response").GetProperty("alpn").GetString());
        var tally = conversation.Engine.Shared<TlsShared>().Tally;
        Assert.Equal((1, 1, 1, 1), (tally.Handshakes[1], tally.Handshakes[2], tally.Handshakes[11], tally.Handshakes[14]));
        Assert.Equal(((Hello.Length + 6) / 7) + 1, tally.Records[22]);
    }

    [Fact]
    public void An_alert_is_an_item_behind_its_handshake()
    {
        var items = new Conversation(serverPort: 443).Send(Direction.Forward, Record(22, Hello)).Send(Direction.Reverse, Record(21, 2, 40)).End();
        Assert.Equal(2, items.Count);
        var alert = Json(items[1]);
        Assert.Equal(("fatal", "handshake_failure", 40), (alert.GetProperty("response").GetProperty("level").GetString(),
            alert.GetProperty("response").GetProperty("description").GetString(), alert.GetProperty("response").GetProperty("code").GetInt32()));
        Assert.Equal("{}", alert.GetProperty("request").GetRawText());
        Assert.Equal("not-encrypted", Json(items[0]).GetProperty("decryption").GetProperty("state").GetString());
    }

    [Fact]
    public void A_weak_agreement_is_warned_of()
    {
        byte[] weak = ServerHello(0x0005);
        weak[5] = 1;
        var item = Json(new Conversation().Send(Direction.Forward, Record(22, Hello)).Send(Direction.Reverse, Record(22, weak)).End().Single());
        Assert.Equal(["TLS 1.0 is out of use (RFC 8996).", "TLS_RSA_WITH_RC4_128_SHA uses RC4, which is broken (RFC 7465)."], Texts(item, "warnings"));
    }

    [Fact]
    public void A_suite_that_does_not_encrypt_is_read_without_keys()
    {
        byte[] mac = new byte[20];
        var conversation = new Conversation(serverPort: 443).Send(Direction.Forward, Record(22, Hello)).Send(Direction.Reverse, [.. Record(22, ServerHello(0x0002)), .. Record(20, 1)]);
        conversation.Send(Direction.Forward, [.. Record(20, 1), .. Record(23, [.. "GET /open HTTP/1.1\r\n\r\n"u8, .. mac])]);
        conversation.Send(Direction.Reverse, Record(23, [.. "HTTP/1.1 204 No Content\r\n\r\n"u8, .. mac]));
        var items = conversation.End();
        Assert.Equal(["tlsx", "http"], items.Select(i => i.Protocol.Name));
        Assert.Contains("TLS_RSA_WITH_NULL_SHA does not encrypt.", Texts(Json(items[0]), "warnings"));
        Assert.Equal(("/open", 204, true), (Json(items[1]).GetProperty("request").GetProperty("path").GetString(), Json(items[1]).GetProperty("response").GetProperty("status").GetInt32(), Json(items[1]).GetProperty("tls").GetBoolean()));
    }

    [Fact]
    public void The_middle_of_a_connection_says_that_its_start_is_missing()
    {
        var conversation = new Conversation(handshake: false, serverPort: 8883);
        conversation.Send(Direction.Forward, [.. Record(23, new byte[40]), .. Record(23, new byte[60])]).Send(Direction.Reverse, Record(23, new byte[100]));
        var item = conversation.End().Single();
        Assert.Equal("missing-start", Json(item).GetProperty("decryption").GetProperty("state").GetString());
        Assert.Equal((false, false, 1), (item.HasRequest, item.HasResponse, conversation.Loss("tls-unreadable")));
        Assert.Equal(3, conversation.Engine.Shared<TlsShared>().Tally.Records[23]);
    }

    [Fact]
    public void Records_are_found_again_behind_a_gap()
    {
        var conversation = new Conversation(serverPort: 443).Send(Direction.Forward, Record(22, Hello)).Send(Direction.Reverse, Record(22, Answer13));
        conversation.Send(Direction.Reverse, Record(23, new byte[100]).AsSpan(0, 50)).Gap(Direction.Reverse, 300);
        conversation.Send(Direction.Reverse, [1, 2, 3, .. Record(23, new byte[30]), .. Record(23, new byte[31])]);
        conversation.End();
        Assert.Equal(2, conversation.Engine.Shared<TlsShared>().Tally.Opaque);
        Assert.Equal(3, conversation.Loss("resync"));
    }

    [Fact]
    public void An_old_hello_in_the_form_of_ssl_2_is_read()
    {
        byte[] hello = [0x80, 9 + 6 + 16, 1, 3, 1, 0, 6, 0, 0, 0, 16, 0, 0, 0x2F, 1, 0, 0x80, .. Random(1)[..16]];
        var item = Json(new Conversation(serverPort: 443).Send(Direction.Forward, hello).Send(Direction.Reverse, Record(22, ServerHello(0x002F))).End().Single());
        Assert.Equal(["TLS_RSA_WITH_AES_128_CBC_SHA"], Texts(item.GetProperty("request"), "cipherSuites"));
    }

    [Theory]
    [InlineData("160301")]
    [InlineData("1603010005010000010")]
    [InlineData("1703030005aabb")]
    [InlineData("ffff0102030405060708090a")]
    [InlineData("1503030002012a1503")]
    public void What_is_no_tls_gives_nothing(string hexadecimal)
    {
        var conversation = new Conversation(serverPort: 9999);
        conversation.Send(Direction.Forward, Convert.FromHexString(hexadecimal + (hexadecimal.Length % 2 == 0 ? "" : "0")));
        Assert.DoesNotContain(conversation.End(), i => i.HasRequest || i.HasResponse);
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    private static string[] Texts(JsonElement record, string field) => [.. record.GetProperty(field).EnumerateArray().Select(v => v.GetString()!)];
}
