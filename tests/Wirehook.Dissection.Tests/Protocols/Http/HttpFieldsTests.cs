using System.Text;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>Headers, cookies and query values by name: sorted, each name once, whatever their number.</summary>
public class HttpFieldsTests
{
    [Fact]
    public void Many_headers_are_sorted_and_repeated_ones_joined()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (head, expected) = (new StringBuilder("GET / HTTP/1.1\r\n"), new SortedDictionary<string, string>(StringComparer.Ordinal));
            for (var i = random.Next(100); i > 0; i--)
            {
                var name = $"X-{(char)('A' + random.Next(26))}{random.Next(6)}";
                head.Append(random.Next(2) == 0 ? name : name.ToLowerInvariant()).Append(": ").Append(i).Append("\r\n");
                expected[name] = expected.TryGetValue(name, out var known) ? known + "," + i : $"{i}";
            }

            var map = HeaderFields.Headers(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
            Assert.Equal(expected.Keys, map.Names.ToArray());
            Assert.Equal(expected.Values, map.Values.ToArray().Select(v => v.AsString));
        }
    }

    [Theory]
    [InlineData("content-TYPE", "Content-Type")]
    [InlineData("x-~9-a", "X-~9-A")]
    [InlineData("ETAG", "Etag")]
    [InlineData("not a token", "not a token")]
    [InlineData("ünicode", "ünicode")]
    public void Names_are_canonical(string sent, string canonical) => Assert.Equal(canonical, HeaderNames.Canonicalise(Encoding.UTF8.GetBytes(sent)));

    [Theory]
    [InlineData("a=1; b=\"2\";c = 3 ;d;=5; a=6", "a=6 b=2 c=3")]
    [InlineData("", "")]
    public void Cookies_are_read(string sent, string expected) =>
        Assert.Equal(expected, Show(HeaderFields.RequestCookies(Encoding.UTF8.GetBytes($"GET / HTTP/1.1\r\nCookie: {sent}\r\n\r\n"))));

    [Theory]
    [InlineData("/?a=1&b=2&a=3&a=&&c&%64=%2B+x#a=9", "a=[1|3|] b=2 c= d=+ x")]
    [InlineData("/?", "")]
    public void Query_values_are_read(string target, string expected) => Assert.Equal(expected, Show(HttpTarget.Query(target)));

    private static string Show(FieldMap map) => string.Join(' ', map.Names.ToArray().Zip(map.Values.ToArray(), (name, value) =>
        name + "=" + (value.Kind == FieldKind.List ? "[" + string.Join('|', value.AsList.Select(v => v.AsString)) + "]" : value.AsString)));
}
