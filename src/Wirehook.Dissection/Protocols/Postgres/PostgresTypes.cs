using System.Collections.Frozen;
using System.Globalization;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Object ids of the types that every PostgreSQL database has (its catalog <c>pg_type</c>).</summary>
internal static class PostgresTypes
{
    public const uint Bool = 16;
    public const uint Bytea = 17;
    public const uint Char = 18;
    public const uint Name = 19;
    public const uint Int8 = 20;
    public const uint Int2 = 21;
    public const uint Int4 = 23;
    public const uint Text = 25;
    public const uint Oid = 26;
    public const uint Json = 114;
    public const uint Xml = 142;
    public const uint Float4 = 700;
    public const uint Float8 = 701;
    public const uint Unknown = 705;
    public const uint Bpchar = 1042;
    public const uint Varchar = 1043;
    public const uint Date = 1082;
    public const uint Time = 1083;
    public const uint Timestamp = 1114;
    public const uint Timestamptz = 1184;
    public const uint Numeric = 1700;
    public const uint Uuid = 2950;
    public const uint Jsonb = 3802;

    private static readonly FrozenDictionary<uint, string> Names = new Dictionary<uint, string>
    {
        [Bool] = "bool",
        [Bytea] = "bytea",
        [Char] = "char",
        [Name] = "name",
        [Int8] = "int8",
        [Int2] = "int2",
        [22] = "int2vector",
        [Int4] = "int4",
        [24] = "regproc",
        [Text] = "text",
        [Oid] = "oid",
        [27] = "tid",
        [28] = "xid",
        [29] = "cid",
        [30] = "oidvector",
        [Json] = "json",
        [Xml] = "xml",
        [194] = "pg_node_tree",
        [199] = "_json",
        [600] = "point",
        [601] = "lseg",
        [602] = "path",
        [603] = "box",
        [604] = "polygon",
        [628] = "line",
        [650] = "cidr",
        [Float4] = "float4",
        [Float8] = "float8",
        [Unknown] = "unknown",
        [718] = "circle",
        [774] = "macaddr8",
        [790] = "money",
        [829] = "macaddr",
        [869] = "inet",
        [1000] = "_bool",
        [1001] = "_bytea",
        [1002] = "_char",
        [1003] = "_name",
        [1005] = "_int2",
        [1007] = "_int4",
        [1009] = "_text",
        [1014] = "_bpchar",
        [1015] = "_varchar",
        [1016] = "_int8",
        [1021] = "_float4",
        [1022] = "_float8",
        [1028] = "_oid",
        [1033] = "aclitem",
        [1034] = "_aclitem",
        [Bpchar] = "bpchar",
        [Varchar] = "varchar",
        [Date] = "date",
        [Time] = "time",
        [Timestamp] = "timestamp",
        [1115] = "_timestamp",
        [1182] = "_date",
        [Timestamptz] = "timestamptz",
        [1185] = "_timestamptz",
        [1186] = "interval",
        [1231] = "_numeric",
        [1266] = "timetz",
        [1560] = "bit",
        [1562] = "varbit",
        [Numeric] = "numeric",
        [1790] = "refcursor",
        [2202] = "regprocedure",
        [2203] = "regoper",
        [2205] = "regclass",
        [2206] = "regtype",
        [2249] = "record",
        [2275] = "cstring",
        [2278] = "void",
        [Uuid] = "uuid",
        [2951] = "_uuid",
        [3220] = "pg_lsn",
        [3614] = "tsvector",
        [3615] = "tsquery",
        [Jsonb] = "jsonb",
        [3807] = "_jsonb",
        [3904] = "int4range",
        [3906] = "numrange",
        [3908] = "tsrange",
        [3910] = "tstzrange",
        [3912] = "daterange",
        [3926] = "int8range",
    }.ToFrozenDictionary();

    /// <summary>The type's name, or its number in decimal.</summary>
    public static string NameOf(uint type) => Names.TryGetValue(type, out var name) ? name : type.ToString(CultureInfo.InvariantCulture);
}
