using Wirehook.JavaScript.Library.RegExps;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>A regular expression object (ES5.1 §15.10.7).</summary>
internal sealed class JsRegExp : JsObject
{
    internal JsRegExp(JsEngine engine, RegExpProgram program, string source)
        : base(engine.Intrinsics.RegExpPrototype.RootForChildren(ShapeKind.Ordinary))
    {
        (Program, Source) = (program, source);
        AddSlot("lastIndex", JsValue.Zero, PropertyAttributes.Writable);
    }

    public override string ClassName => "RegExp";

    /// <summary>The compiled pattern.</summary>
    internal RegExpProgram Program { get; private set; }

    /// <summary>The pattern as it was given.</summary>
    internal string Source { get; private set; }

    /// <summary>Whether matches go on from <c>lastIndex</c>.</summary>
    internal bool UsesLastIndex => (Program.Flags & (RegExpFlags.Global | RegExpFlags.Sticky)) != 0;

    /// <summary>Whether the flag g is set.</summary>
    internal bool IsGlobal => (Program.Flags & RegExpFlags.Global) != 0;

    /// <summary>Whether the flag y is set.</summary>
    internal bool IsSticky => (Program.Flags & RegExpFlags.Sticky) != 0;

    /// <summary>Gives the object another pattern, as <c>compile</c> does (B.2.5.1).</summary>
    internal void Replace(RegExpProgram program, string source)
    {
        (Program, Source) = (program, source);
        Set("lastIndex", JsValue.Zero);
    }

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.VisitString(Source);
        tracer.Add(Program.Code.Length * 4L);
    }
}
