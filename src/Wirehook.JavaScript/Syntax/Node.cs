namespace Wirehook.JavaScript.Syntax;

/// <summary>A node of the syntax tree. Offsets count UTF-16 units of the source text.</summary>
internal abstract class Node(int start, int end)
{
    /// <summary>Offset of the node's first character.</summary>
    public int Start { get; } = start;

    /// <summary>Offset just after the node's last character.</summary>
    public int End { get; } = end;
}

/// <summary>A node that yields a value, or the target of an assignment.</summary>
internal abstract class Expression(int start, int end) : Node(start, end);

/// <summary>A node that is executed for its effect and its completion value.</summary>
internal abstract class Statement(int start, int end) : Node(start, end);
