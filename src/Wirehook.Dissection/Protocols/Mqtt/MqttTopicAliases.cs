namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>The topics that one side's aliases stand for (MQTT 5.0 §3.3.2.3.4), within a bound on their number and length.</summary>
internal sealed class MqttTopicAliases
{
    private const int Most = 256;
    private const int LongestTopic = 1024;
    private readonly Dictionary<int, string> _topics = [];

    /// <summary>Notes what <paramref name="alias"/> stands for from now on.</summary>
    public void Set(int alias, string topic)
    {
        if (topic.Length > LongestTopic || (_topics.Count >= Most && !_topics.ContainsKey(alias))) _topics.Remove(alias);
        else _topics[alias] = topic;
    }

    /// <summary>What <paramref name="alias"/> stands for, or null.</summary>
    public string? Find(int alias) => _topics.GetValueOrDefault(alias);

    /// <summary>Assignments may have been missed.</summary>
    public void Clear() => _topics.Clear();
}
