namespace Wirehook.JavaScript.Library;

/// <summary>The list of built-ins, in the order in which they are installed.</summary>
internal static class Builtins
{
    internal static void Install(JsEngine engine)
    {
        ObjectConstructor.Install(engine);
        FunctionConstructor.Install(engine);
        RestrictedProperties.Install(engine);
        ArrayConstructor.Install(engine);
        ErrorConstructor.Install(engine);
        GlobalFunctions.Install(engine);
        BooleanConstructor.Install(engine);
        NumberConstructor.Install(engine);
        MathObject.Install(engine);
        StringConstructor.Install(engine);
        RegExpConstructor.Install(engine);
        DateConstructor.Install(engine);
        JsonObject.Install(engine);
        IteratorObject.Install(engine);
        MapConstructor.Install(engine);
        SetConstructor.Install(engine);
    }
}
