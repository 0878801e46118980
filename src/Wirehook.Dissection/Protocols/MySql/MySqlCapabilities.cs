namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What client and server agreed on (MySQL Internals, "Capability Flags"; the upper half is MariaDB's).</summary>
[Flags]
internal enum MySqlCapabilities : ulong
{
    None = 0,
    ConnectWithDb = 1 << 3,
    Compress = 1 << 5,
    Protocol41 = 1 << 9,
    Tls = 1 << 11,
    SecureConnection = 1 << 15,
    PluginAuth = 1 << 19,
    ConnectAttributes = 1 << 20,
    PluginAuthLengthEncoded = 1 << 21,
    SessionTrack = 1 << 23,
    DeprecateEof = 1 << 24,
    OptionalMetadata = 1 << 25,
    CompressZstd = 1 << 26,
    QueryAttributes = 1 << 27,
}
