using Wirehook.JavaScript.Evaluation;

namespace Wirehook.JavaScript;

/// <summary>A top-level variable or function of a script, found by its name once and read as often as needed; it always reads the present value.</summary>
public readonly struct JsTopLevelBinding
{
    private readonly Cell? _cell;

    internal JsTopLevelBinding(Cell cell) => _cell = cell;

    /// <summary>Whether there is such a binding.</summary>
    public bool Exists => _cell is not null;

    /// <summary>The present value; undefined where there is no binding, or it is not initialised yet.</summary>
    public JsValue Value => _cell is { Value: { IsEmpty: false } value } ? value : default;
}
