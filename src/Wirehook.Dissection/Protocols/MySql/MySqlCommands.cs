using System.Globalization;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>The commands of the client (MySQL Internals, "Command Phase"; those above 0xf0 are MariaDB's).</summary>
internal static class MySqlCommands
{
    public const byte Quit = 0x01;
    public const byte InitDb = 0x02;
    public const byte Query = 0x03;
    public const byte FieldList = 0x04;
    public const byte CreateDb = 0x05;
    public const byte DropDb = 0x06;
    public const byte Statistics = 0x09;
    public const byte ProcessInfo = 0x0a;
    public const byte ProcessKill = 0x0c;
    public const byte Ping = 0x0e;
    public const byte ChangeUser = 0x11;
    public const byte BinlogDump = 0x12;
    public const byte StmtPrepare = 0x16;
    public const byte StmtExecute = 0x17;
    public const byte StmtSendLongData = 0x18;
    public const byte StmtClose = 0x19;
    public const byte StmtReset = 0x1a;
    public const byte SetOption = 0x1b;
    public const byte StmtFetch = 0x1c;
    public const byte BinlogDumpGtid = 0x1e;
    public const byte ResetConnection = 0x1f;
    public const byte StmtBulkExecute = 0xfa;

    /// <summary>The first packet of a connection that the client sends: no command of its own in the protocol.</summary>
    public const string Login = "Login";

    /// <summary>The packet that asks for TLS.</summary>
    public const string SslRequest = "SSLRequest";

    private static readonly string[] Names =
    [
        "COM_SLEEP", "COM_QUIT", "COM_INIT_DB", "COM_QUERY", "COM_FIELD_LIST", "COM_CREATE_DB", "COM_DROP_DB", "COM_REFRESH", "COM_SHUTDOWN", "COM_STATISTICS", "COM_PROCESS_INFO",
        "COM_CONNECT", "COM_PROCESS_KILL", "COM_DEBUG", "COM_PING", "COM_TIME", "COM_DELAYED_INSERT", "COM_CHANGE_USER", "COM_BINLOG_DUMP", "COM_TABLE_DUMP", "COM_CONNECT_OUT",
        "COM_REGISTER_SLAVE", "COM_STMT_PREPARE", "COM_STMT_EXECUTE", "COM_STMT_SEND_LONG_DATA", "COM_STMT_CLOSE", "COM_STMT_RESET", "COM_SET_OPTION", "COM_STMT_FETCH", "COM_DAEMON",
        "COM_BINLOG_DUMP_GTID", "COM_RESET_CONNECTION", "COM_CLONE", "COM_SUBSCRIBE_GROUP_REPLICATION_STREAM",
    ];

    /// <summary>The command's name.</summary>
    public static string NameOf(byte command) => command < Names.Length ? Names[command]
        : command == StmtBulkExecute ? "COM_STMT_BULK_EXECUTE" : "COM_" + command.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a client sends such a command.</summary>
    public static bool IsKnown(byte command) => (command < Names.Length && command is not (0 or 0x0b or 0x0f or 0x10 or 0x14 or 0x1d)) || command == StmtBulkExecute;

    /// <summary>Whether the server answers it.</summary>
    public static bool IsAnswered(byte command) => command is not (Quit or StmtSendLongData or StmtClose);
}
