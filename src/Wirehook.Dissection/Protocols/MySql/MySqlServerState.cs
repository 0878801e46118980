namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What the server's next packet is.</summary>
internal enum MySqlServerState : byte
{
    /// <summary>The first packet of an answer, or of one more result.</summary>
    Start,

    /// <summary>Definitions of a result's columns.</summary>
    Columns,

    /// <summary>The EOF packet behind them, where there is one.</summary>
    ColumnsEnd,

    /// <summary>Rows.</summary>
    Rows,

    /// <summary>Definitions of a prepared statement's parameters, then of its columns.</summary>
    Prepared,

    /// <summary>The EOF packet behind either.</summary>
    PreparedEnd,

    /// <summary>Definitions of columns up to EOF, for COM_FIELD_LIST.</summary>
    Fields,

    /// <summary>Events of the binary log, without end.</summary>
    Binlog,
}
