namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>The names of the api keys and their latest versions, as of Kafka 4.1 (org.apache.kafka.common.protocol.ApiKeys).</summary>
internal static class KafkaApis
{
    public const short Produce = 0;
    public const short ControlledShutdown = 7;
    public const short SaslHandshake = 17;
    public const short ApiVersions = 18;

    private static readonly (string Name, short Latest)[] Apis =
    [
        ("Produce", 13), ("Fetch", 18), ("ListOffsets", 11), ("Metadata", 13), ("LeaderAndIsr", 7), ("StopReplica", 4), ("UpdateMetadata", 8), ("ControlledShutdown", 3),
        ("OffsetCommit", 10), ("OffsetFetch", 10), ("FindCoordinator", 6), ("JoinGroup", 9), ("Heartbeat", 4), ("LeaveGroup", 5), ("SyncGroup", 5), ("DescribeGroups", 6),
        ("ListGroups", 5), ("SaslHandshake", 1), ("ApiVersions", 4), ("CreateTopics", 7), ("DeleteTopics", 6), ("DeleteRecords", 2), ("InitProducerId", 6),
        ("OffsetForLeaderEpoch", 4), ("AddPartitionsToTxn", 5), ("AddOffsetsToTxn", 4), ("EndTxn", 5), ("WriteTxnMarkers", 2), ("TxnOffsetCommit", 5), ("DescribeAcls", 3),
        ("CreateAcls", 3), ("DeleteAcls", 3), ("DescribeConfigs", 4), ("AlterConfigs", 2), ("AlterReplicaLogDirs", 2), ("DescribeLogDirs", 5), ("SaslAuthenticate", 2),
        ("CreatePartitions", 3), ("CreateDelegationToken", 3), ("RenewDelegationToken", 2), ("ExpireDelegationToken", 2), ("DescribeDelegationToken", 3), ("DeleteGroups", 2),
        ("ElectLeaders", 2), ("IncrementalAlterConfigs", 1), ("AlterPartitionReassignments", 1), ("ListPartitionReassignments", 0), ("OffsetDelete", 0),
        ("DescribeClientQuotas", 1), ("AlterClientQuotas", 1), ("DescribeUserScramCredentials", 0), ("AlterUserScramCredentials", 0), ("Vote", 2), ("BeginQuorumEpoch", 1),
        ("EndQuorumEpoch", 1), ("DescribeQuorum", 2), ("AlterPartition", 3), ("UpdateFeatures", 2), ("Envelope", 0), ("FetchSnapshot", 1), ("DescribeCluster", 2),
        ("DescribeProducers", 0), ("BrokerRegistration", 4), ("BrokerHeartbeat", 1), ("UnregisterBroker", 0), ("DescribeTransactions", 0), ("ListTransactions", 2),
        ("AllocateProducerIds", 0), ("ConsumerGroupHeartbeat", 1), ("ConsumerGroupDescribe", 1), ("ControllerRegistration", 0), ("GetTelemetrySubscriptions", 0),
        ("PushTelemetry", 0), ("AssignReplicasToDirs", 0), ("ListConfigResources", 1), ("DescribeTopicPartitions", 0), ("ShareGroupHeartbeat", 1), ("ShareGroupDescribe", 1),
        ("ShareFetch", 1), ("ShareAcknowledge", 1), ("AddRaftVoter", 1), ("RemoveRaftVoter", 0), ("UpdateRaftVoter", 0), ("InitializeShareGroupState", 0),
        ("ReadShareGroupState", 0), ("WriteShareGroupState", 0), ("DeleteShareGroupState", 0), ("ReadShareGroupStateSummary", 0), ("StreamsGroupHeartbeat", 0),
        ("StreamsGroupDescribe", 0), ("DescribeShareGroupOffsets", 0), ("AlterShareGroupOffsets", 0), ("DeleteShareGroupOffsets", 0),
    ];

    /// <summary>How many there are.</summary>
    public static int Count => Apis.Length;

    /// <summary>Whether the key has a name, and had this version.</summary>
    public static bool Exists(short key, short version) => key >= 0 && key < Apis.Length && version >= 0 && version <= Apis[key].Latest;

    /// <summary>The key's name; <c>Unknown</c> for one that has none.</summary>
    public static string Name(short key) => key >= 0 && key < Apis.Length ? Apis[key].Name : "Unknown";
}
