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
    public const string ServerCpusBusy = "server_cpus_busy_cores";
    public const string LoadCpusBusy = "load_cpus_busy_cores";
    public const string HarnessCpuCores = "harness_cpu_cores";
    public const string PageFaults = "page_faults";
    public const string MajorPageFaults = "page_faults_major";
    public const string PssMb = "pss_mb";
    public const string Descriptors = "descriptors";
    public const string SocketMemoryMb = "socket_memory_mb";
    public const string ServerReceivedBytes = "server_received_bytes_per_second";
    public const string GcCollections = "gc_collections";
    public const string GcPauseMs = "gc_pause_ms";
    public const string AllocatedMb = "allocated_mb";
    public const string ThreadPoolThreads = "thread_pool_threads";
    public const string ThreadPoolQueue = "thread_pool_queue";
    public const string SyscallsPerRequest = "syscalls_per_request";
}
