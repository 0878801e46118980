using Wirehook.Dissection.Protobuf;

namespace Wirehook.Worker.Configuration;

/// <summary>Reads the files of the setting <c>dissection.protobuf</c>.</summary>
public static class ProtobufFiles
{
    private const long SizeLimit = 64 << 20;

    /// <summary>The types that <paramref name="paths"/> declare; null without files.</summary>
    /// <param name="paths">Paths of <c>.proto</c> files and descriptor sets.</param>
    /// <exception cref="ConfigurationException">A file cannot be read or is neither.</exception>
    public static ProtobufSchema? Read(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) return null;
        var schema = new ProtobufSchema();
        foreach (var path in paths)
        {
            if (schema.Add(path, ReadFile(path)) is { } error) throw new ConfigurationException("dissection.protobuf: " + error);
        }

        schema.Resolve();
        return schema;
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > SizeLimit }) throw new ConfigurationException($"dissection.protobuf: {path} is larger than 64 MiB.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"dissection.protobuf: {path}: {e.Message}");
        }
    }
}
