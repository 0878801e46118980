using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Tests.Configuration;

/// <summary>The files of <c>dissection.protobuf</c>: read at the start, and named when something is wrong with them.</summary>
public sealed class ProtobufFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-protobuf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_make_one_schema()
    {
        var first = Write("a.proto", "package p; message A { B b = 1; }");
        var second = Write("b.proto", "package p; message B {} service S { rpc Do (A) returns (B); }");
        var schema = ProtobufFiles.Read([first, second]);
        Assert.Equal((2, 1), (schema!.MessageTypes, schema.Methods));
        Assert.Null(ProtobufFiles.Read([]));
    }

    [Fact]
    public void A_file_that_is_wrong_is_named()
    {
        var error = Assert.Throws<ConfigurationException>(() => ProtobufFiles.Read([Write("bad.proto", "message A {\n  int32 x;\n}")]));
        Assert.Contains("bad.proto:2: = is expected", error.Message, StringComparison.Ordinal);
        Assert.Contains("none.proto", Assert.Throws<ConfigurationException>(() => ProtobufFiles.Read([Path.Combine(_folder, "none.proto")])).Message, StringComparison.Ordinal);
        Assert.Contains("descriptor set", Assert.Throws<ConfigurationException>(() => ProtobufFiles.Read([Write("x.pb", "text")])).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
