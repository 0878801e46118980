using Wirehook.Packets;

namespace Wirehook.Dissection.Contract;

/// <summary>State shared by a module's flows (see <see cref="FlowContext.Shared{T}"/>) that changes as time passes without packets.</summary>
public interface IExpiring
{
    /// <summary>Gives up what has waited for too long.</summary>
    /// <param name="now">Packet time, or the present on live capture; may go back by seconds.</param>
    void AdvanceTo(Timestamp now);

    /// <summary>The capture is over and every flow has ended: gives up what is left.</summary>
    /// <param name="now">Packet time.</param>
    void OnCaptureEnd(Timestamp now)
    {
    }
}
