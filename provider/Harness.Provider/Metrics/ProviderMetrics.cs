using System.Diagnostics.Metrics;

namespace Harness.Provider.Metrics;

/// <summary>
/// The provider's counters, under the names that dashboards of existing providers know (prefix <c>vkec2_</c>). Thread-safe.
/// </summary>
internal sealed class ProviderMetrics(Meter meter)
{
    public const string MeterName = "Harness.Provider";

    /// <summary>The meter, for gauges that watch others.</summary>
    public Meter Meter { get; } = meter;

    public Counter<long> PodsCreated { get; } =
        meter.CreateCounter<long>("vkec2_pods_created_total", description: "Applications launched.");

    public Counter<long> PodsDeleted { get; } =
        meter.CreateCounter<long>("vkec2_pods_deleted_total", description: "Pods removed from the API after their deletion.");

    public Counter<long> PodsDeletedFromHealthChecks { get; } =
        meter.CreateCounter<long>("vkec2_pods_deleted_from_health_checks_total", description: "Pods that failed because of health checks.");

    public Counter<long> Ec2Launched { get; } =
        meter.CreateCounter<long>("vkec2_ec2_launched_total", description: "Instances launched for pods.");

    public Counter<long> Ec2LaunchErrors { get; } =
        meter.CreateCounter<long>("vkec2_ec2_launch_errors_total", description: "Failed RunInstances requests.");

    public Counter<long> Ec2Terminated { get; } = meter.CreateCounter<long>("vkec2_ec2_terminated_total", description: "Instances ended.");

    public Counter<long> Ec2TerminationErrors { get; } =
        meter.CreateCounter<long>("vkec2_ec2_termination_errors_total", description: "Failed TerminateInstances requests.");

    public Counter<long> Ec2CreateTagErrors { get; } =
        meter.CreateCounter<long>("vkec2_ec2_create_tag_errors_total", description: "Failed CreateTags requests.");

    public Counter<long> DescribeEc2Errors { get; } =
        meter.CreateCounter<long>("vkec2_describe_ec2_errors_total", description: "Failed DescribeInstances requests.");

    public Counter<long> CreateEniErrors { get; } =
        meter.CreateCounter<long>("vkec2_create_eni_errors_total", description: "Failed CreateNetworkInterface requests.");

    public Counter<long> DescribeEniErrors { get; } =
        meter.CreateCounter<long>("vkec2_describe_eni_errors_total", description: "Failed DescribeNetworkInterfaces requests.");

    public Counter<long> GetNodeNameErrors { get; } =
        meter.CreateCounter<long>("vkec2_get_nodename_errors_total", description: "Failures to find the name of the node.");

    public Counter<long> GrpcConnectionErrors { get; } =
        meter.CreateCounter<long>("vkec2_grpc_connection_errors_total", description: "Dials of agents that failed.");

    public Counter<long> GrpcConnectionTimeoutErrors { get; } =
        meter.CreateCounter<long>("vkec2_grpc_connection_timeout_errors_total", description: "Dials of agents that timed out.");

    public Counter<long> GrpcClientErrors { get; } =
        meter.CreateCounter<long>("vkec2_grpc_client_errors_total", description: "Other failed calls of agents.");

    public Counter<long> LaunchApplicationErrors { get; } =
        meter.CreateCounter<long>("vkec2_launch_application_grpc_errors_total", description: "Failed LaunchApplication calls.");

    public Counter<long> TerminateApplicationErrors { get; } =
        meter.CreateCounter<long>("vkec2_terminate_application_grpc_errors_total", description: "Failed TerminateApplication calls.");

    public Counter<long> WatchApplicationHealthStreamErrors { get; } =
        meter.CreateCounter<long>("vkec2_watch_application_health_stream_errors_total", description: "Broken WatchApplicationHealth streams.");

    public Counter<long> CheckApplicationHealthErrors { get; } =
        meter.CreateCounter<long>("vkec2_check_application_health_errors_total", description: "Failed CheckApplicationHealth calls.");

    public Counter<long> HealthChecksUnhealthyPodStatus { get; } =
        meter.CreateCounter<long>("vkec2_health_checks_unhealthy_pod_status", description: "Pods made unready by health checks.");
}
