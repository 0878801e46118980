using Wirehook.EventHooks.Conditions;

namespace Wirehook.EventHooks.Tests.Conditions;

public sealed class ConditionErrorTests
{
    [Fact]
    public void Carets_stand_below_what_the_message_is_about()
    {
        var error = new ConditionError("There is no field mtuu. Did you mean mtu?", 1, 5, 4, "not mtuu > 3");
        Assert.Equal("There is no field mtuu. Did you mean mtu? (line 1, column 5)\n  not mtuu > 3\n      ^^^^", error.ToString());
    }
}
