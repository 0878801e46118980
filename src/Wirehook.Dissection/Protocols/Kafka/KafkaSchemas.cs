namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>
/// The bodies that are decoded, in every version up to Kafka 4.1 (kafka.apache.org/protocol; the message definitions in clients/src/main/resources/common/message).
/// Names are those of the seed system's items where it has them, otherwise the protocol's own. The notation is that of <see cref="KafkaSchemaText"/>.
/// </summary>
internal static class KafkaSchemas
{
    private const string Endpoints = "nodeEndpoints[nodeId:int32 host:string port:int32 rack:string]#0";
    private const string CommittedPartitions = "partitions[partitionIndex:int32 committedOffset:int64 committedLeaderEpoch:int32@5 metadata:string errorCode:int16]";

    /// <summary>Per api: key, first flexible version, latest version, request, response.</summary>
    private static readonly (short Key, short Flexible, short Latest, string Request, string Response)[] Declared =
    [
        (0, 9, 13,
            "transactionalID:string@3 requiredAcks:int16 timeout:int32 topicData[topic:string@0-12 topicId:uuid@13 partitions{partitionData index:int32 records:records}]",
            "responses[name:string@0-12 topicId:uuid@13 partitionResponses[index:int32 errorCode:int16 baseOffset:int64 logAppendTimeMs:int64@2 logStartOffset:int64@5"
            + " recordErrors[batchIndex:int32 batchIndexErrorMessage:string]@8 errorMessage:string@8 currentLeader<leaderId:int32 leaderEpoch:int32>#0@10]]"
            + " throttleTimeMs:int32@1 " + Endpoints + "@10"),
        (1, 12, 18,
            "clusterId:string#0@12 replicaId:int32@0-14 replicaState<replicaId:int32 replicaEpoch:int64>#1@15 maxWaitMs:int32 minBytes:int32 maxBytes:int32@3 isolationLevel:int8@4"
            + " sessionId:int32@7 sessionEpoch:int32@7 topics[topic:string@0-12 topicId:uuid@13 partitions[partition:int32 currentLeaderEpoch:int32@9 fetchOffset:int64"
            + " lastFetchedEpoch:int32@12 logStartOffset:int64@5 partitionMaxBytes:int32 replicaDirectoryId:uuid#0@17 highWatermark:int64#1@18]]"
            + " forgottenTopicsData[topic:string@0-12 topicId:uuid@13 partitions:int32[]]@7 rackId:string@11",
            "throttleTimeMs:int32@1 errorCode:int16@7 sessionId:int32@7 responses[topic:string@0-12 topicId:uuid@13 partitionResponses[partition:int32 errorCode:int16"
            + " highWatermark:int64 lastStableOffset:int64@4 logStartOffset:int64@5 divergingEpoch<epoch:int32 endOffset:int64>#0@12"
            + " currentLeader<leaderId:int32 leaderEpoch:int32>#1@12 snapshotId<endOffset:int64 epoch:int32>#2@12 abortedTransactions[producerId:int64 firstOffset:int64]@4"
            + " preferredReadReplica:int32@11 recordSet:records]] " + Endpoints + "@16"),
        (2, 6, 11,
            "replicaId:int32 isolationLevel:int8@2 topics[name:string partitions[partitionIndex:int32 currentLeaderEpoch:int32@4 timestamp:int64 maxNumOffsets:int32@0-0]] timeoutMs:int32@10",
            "throttleTimeMs:int32@2 topics[name:string partitions[partitionIndex:int32 errorCode:int16 oldStyleOffsets:int64[]@0-0 timestamp:int64@1 offset:int64@1 leaderEpoch:int32@4]]"),
        (3, 9, 13,
            "topics[uuid:uuid@10 name:string] allowAutoTopicCreation:bool@4 includeClusterAuthorizedOperations:bool@8-10 includeTopicAuthorizedOperations:bool@8",
            "throttleTimeMs:int32@3 brokers[nodeId:int32 host:string port:int32 rack:string@1] clusterID:string@2 controllerID:int32@1 topics[errorCode:int16 name:string topicID:uuid@10"
            + " isInternal:bool@1 partitions[errorCode:int16 partitionIndex:int32 leaderId:int32 leaderEpoch:int32@7 replicaNodes:int32[] isrNodes:int32[] offlineReplicas:int32[]@5]"
            + " topicAuthorizedOperations:int32@8] clusterAuthorizedOperations:int32@8-10 errorCode:int16@13"),
        (8, 8, 10,
            "groupId:string generationId:int32@1 memberId:string@1 groupInstanceId:string@7 retentionTimeMs:int64@2-4 topics[name:string@0-9 topicId:uuid@10"
            + " partitions[partitionIndex:int32 committedOffset:int64 committedLeaderEpoch:int32@6 commitTimestamp:int64@1-1 committedMetadata:string]]",
            "throttleTimeMs:int32@3 topics[name:string@0-9 topicId:uuid@10 partitions[partitionIndex:int32 errorCode:int16]]"),
        (9, 6, 10,
            "groupId:string@0-7 topics[name:string partitionIndexes:int32[]]@0-7 groups[groupId:string memberId:string@9 memberEpoch:int32@9"
            + " topics[name:string@0-9 topicId:uuid@10 partitionIndexes:int32[]]]@8 requireStable:bool@7",
            "throttleTimeMs:int32@3 topics[name:string " + CommittedPartitions + "]@0-7 errorCode:int16@2-7 groups[groupId:string"
            + " topics[name:string@0-9 topicId:uuid@10 " + CommittedPartitions + "] errorCode:int16]@8"),
        (10, 3, 6,
            "key:string@0-3 keyType:int8@1 coordinatorKeys:string[]@4",
            "throttleTimeMs:int32@1 errorCode:int16@0-3 errorMessage:string@1-3 nodeId:int32@0-3 host:string@0-3 port:int32@0-3"
            + " coordinators[key:string nodeId:int32 host:string port:int32 errorCode:int16 errorMessage:string]@4"),
        (11, 6, 9,
            "groupId:string sessionTimeoutMs:int32 rebalanceTimeoutMs:int32@1 memberId:string groupInstanceId:string@5 protocolType:string protocols[name:string metadata:bytes] reason:string@8",
            "throttleTimeMs:int32@2 errorCode:int16 generationId:int32 protocolType:string@7 protocolName:string leader:string skipAssignment:bool@9 memberId:string"
            + " members[memberId:string groupInstanceId:string@5 metadata:bytes]"),
        (12, 4, 4, "groupId:string generationId:int32 memberId:string groupInstanceId:string@3", "throttleTimeMs:int32@1 errorCode:int16"),
        (13, 4, 5,
            "groupId:string memberId:string@0-2 members[memberId:string groupInstanceId:string reason:string@5]@3",
            "throttleTimeMs:int32@1 errorCode:int16 members[memberId:string groupInstanceId:string errorCode:int16]@3"),
        (14, 4, 5,
            "groupId:string generationId:int32 memberId:string groupInstanceId:string@3 protocolType:string@5 protocolName:string@5 assignments[memberId:string assignment:bytes]",
            "throttleTimeMs:int32@1 errorCode:int16 protocolType:string@5 protocolName:string@5 assignment:bytes"),
        (17, short.MaxValue, 1, "mechanism:string", "errorCode:int16 mechanisms:string[]"),
        (18, 3, 4,
            "clientSoftwareName:string@3 clientSoftwareVersion:string@3",
            "errorCode:int16 apiKeys[apiKey:int16 minVersion:int16 maxVersion:int16] throttleTimeMs:int32@1 supportedFeatures[name:string minVersion:int16 maxVersion:int16]#0@3"
            + " finalizedFeaturesEpoch:int64#1@3 finalizedFeatures[name:string maxVersionLevel:int16 minVersionLevel:int16]#2@3 zkMigrationReady:bool#3@3"),
        (19, 5, 7,
            "topics[name:string numPartitions:int32 replicationFactor:int16 assignments[partitionIndex:int32 brokerIds:int32[]] configs[name:string value:string]] timeoutMs:int32 validateOnly:bool@1",
            "throttleTimeMs:int32@2 topics[name:string topicId:uuid@7 errorCode:int16 errorMessage:string@1 topicConfigErrorCode:int16#0@5 numPartitions:int32@5 replicationFactor:int16@5"
            + " configs[name:string value:string readOnly:bool configSource:int8 isSensitive:bool]@5]"),
        (20, 4, 6,
            "topics[name:string topicId:uuid]@6 topicNames:string[]@0-5 timeoutMs:int32",
            "throttleTimeMs:int32@1 responses[name:string topicId:uuid@6 errorCode:int16 errorMessage:string@5]"),
        (22, 2, 6,
            "transactionalId:string transactionTimeoutMs:int32 producerId:int64@3 producerEpoch:int16@3 enable2Pc:bool@6 keepPreparedTxn:bool@6",
            "throttleTimeMs:int32 errorCode:int16 producerId:int64 producerEpoch:int16 ongoingTxnProducerId:int64@6 ongoingTxnProducerEpoch:int16@6"),
        (36, 2, 2, "authBytes:bytes", "errorCode:int16 errorMessage:string authBytes:bytes sessionLifetimeMs:int64@1"),
    ];

    private static readonly Dictionary<short, (KafkaSchema Request, KafkaSchema Response)> ByKey = Declared.ToDictionary(
        d => d.Key,
        d => (new KafkaSchema(KafkaSchemaText.Parse(d.Request), d.Flexible, d.Latest), new KafkaSchema(KafkaSchemaText.Parse(d.Response), d.Flexible, d.Latest)));

    /// <summary>Keys of the apis that are decoded.</summary>
    public static IEnumerable<short> Keys => ByKey.Keys;

    /// <summary>The body of a request of this api and version, or null where it is not decoded.</summary>
    public static KafkaSchema? Request(short key, short version) => ByKey.TryGetValue(key, out var schemas) && version <= schemas.Request.Latest ? schemas.Request : null;

    /// <summary>The body of a response of this api and version, or null where it is not decoded.</summary>
    public static KafkaSchema? Response(short key, short version) => ByKey.TryGetValue(key, out var schemas) && version <= schemas.Response.Latest ? schemas.Response : null;
}
