namespace Wirehook.Scripting.Ledger;

/// <summary>Everything that is counted about one script.</summary>
internal sealed class ScriptLedger
{
    // A script may invent any number of job tags; beyond this many, jobs share one row.
    private const int MostRows = 64;
    private const string OtherJobs = "job:(others)";
    private volatile HookLedger[] _rows = [];

    /// <summary>Calls that a budget stopped.</summary>
    internal long Stops { get; set; }

    /// <summary>The last stop; null where there was none.</summary>
    internal string? LastStop { get; set; }

    /// <summary>The row of a hook or job, made at first use.</summary>
    internal HookLedger Row(string name)
    {
        var rows = _rows;
        foreach (var row in rows)
            if (row.Name == name) return row;
        if (rows.Length >= MostRows && name != OtherJobs) return Row(OtherJobs);
        var added = new HookLedger(name);
        _rows = [.. rows, added];
        return added;
    }

    /// <summary>Books the pending times of all rows as CPU time.</summary>
    internal void Settle(double cpuPerWall)
    {
        foreach (var row in _rows) row.Settle(cpuPerWall);
    }

    /// <summary>The rows that hold something.</summary>
    internal IReadOnlyList<HookReport> Report() => [.. _rows.Where(r => r.IsUsed).Select(r => r.Report())];
}
