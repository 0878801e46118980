using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Helpers.Unavailable;

[assembly: HelperFamily(typeof(UnavailableHelpers))]

namespace Wirehook.Scripting.Helpers.Unavailable;

/// <summary>Helpers that published scripts call and that this version does not have: calling one throws an Error that says so, which the script can catch.</summary>
internal sealed class UnavailableHelpers : HelperFamily
{
    private static readonly string[] Paths =
    [
        "vendor.webhook", "vendor.webhookForm", "vendor.slack", "vendor.slackBot", "vendor.influxdb", "vendor.elastic",
        "vendor.s3.put", "vendor.s3.clear", "vendor.gcs.put", "vendor.gcs.clear", "vendor.azure.put", "vendor.kinesis.put",
        "prometheus.metric", "prometheus.vector",
        "hub.action", "hub.targeted", "hub.blockPod",
        "utils.nodeName", "utils.json2Yaml",
        "pcap.nameResolutionHistory", "pcap.snapshot", "pcap.path",
        "file.write", "file.append", "file.move", "file.copy", "file.delete", "file.mkdir", "file.mkdirTemp", "file.temp", "file.tar",
        "kfl.match", "kfl.validate",
        "chatgpt.prompt", "chatgpt.sentiment",
        "aggregation.msg", "aggregation.json", "aggregation.jsonWithMsg",
        "wrapper.buildHAR", "wrapper.joinMaps", "wrapper.kflPcapS3", "wrapper.pcapSnapshot",
    ];

    internal override bool IsDocumented => false;

    internal override IReadOnlyList<HelperFunction> Functions { get; } =
    [
        .. Paths.Select(path => new HelperFunction(path, "(...values: any[]): never", "Not available yet: calling it throws an Error.",
            (context, _) => throw context.Error(path + " is not available yet"))),
    ];
}
