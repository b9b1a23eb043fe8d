namespace C10k.Harness.Collecting;

/// <summary>What the metrics are called.</summary>
internal static class MetricIds
{
    public const string Threads = "threads";
    public const string Processes = "processes";
    public const string VoluntarySwitches = "context_switches_voluntary";
    public const string InvoluntarySwitches = "context_switches_involuntary";
    public const string ServerCpuCores = "server_cpu_cores";
    public const string ServerCpuUserCores = "server_cpu_user_cores";
    public const string ServerCpuSystemCores = "server_cpu_system_cores";
    public const string RssMb = "rss_mb";
    public const string RssGrowthMb = "rss_growth_mb";
    public const string ListenOverflows = "listen_overflows";
    public const string ListenDrops = "listen_drops";
    public const string TcpRetransmits = "tcp_retransmits";
}
