using Wirehook.Dissection.Items;
using Wirehook.JavaScript;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Helpers.Test;
using Wirehook.Scripting.Records;

[assembly: HelperFamily(typeof(TestHelpers))]

namespace Wirehook.Scripting.Helpers.Test;

/// <summary><c>test</c>: marks items as passed or failed.</summary>
internal sealed class TestHelpers : HelperFamily
{
    internal override IReadOnlyList<HelperFunction> Functions { get; } =
    [
        new("test.pass", "<T extends object>(data: T): T", "Marks the item as passed (green): sets `data.passed`. Returns `data`.", static (context, a) => Mark(context, a, "passed")),
        new("test.fail", "<T extends object>(data: T): T", "Marks the item as failed (red): sets `data.failed`. Returns `data`.", static (context, a) => Mark(context, a, "failed")),
    ];

    private static JsValue Mark(ScriptContext context, ReadOnlySpan<JsValue> arguments, string field)
    {
        var data = ScriptContext.Value(arguments, 0);
        if (!data.IsObject) throw context.Engine.TypeError($"test.{(field == "passed" ? "pass" : "fail")}: the argument is not an object");
        if (data.AsObject is RecordView { Record: Item item })
        {
            if (field == "passed") item.Passed = true;
            else item.Failed = true;
            context.Options.Effects?.Take(new ScriptEffect(context.Script.Name, field == "passed" ? "test.pass" : "test.fail", item.Id));
        }

        // An untouched view reads the mark from the item; a changed one, and any other object, has a field of its own.
        if (!data.AsObject.Get(field).IsTrue) data.AsObject.Set(field, JsValue.True);
        return data;
    }
}
