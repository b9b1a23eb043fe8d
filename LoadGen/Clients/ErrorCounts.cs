using C10k.Contract;
using C10k.Linux;

namespace C10k.LoadGen.Clients;

/// <summary>Counts what fails on one thread, by kind.</summary>
internal struct ErrorCounts
{
    private long _refused;
    private long _timeout;
    private long _unreachable;
    private long _noPort;
    private long _noDescriptor;
    private long _reset;
    private long _other;

    public long Closed;
    public long Corrupt;
    public long Excess;

    public void Count(Errno errno)
    {
        _ = errno switch
        {
            Errno.ECONNREFUSED => _refused++,
            Errno.ETIMEDOUT => _timeout++,
            Errno.ENETUNREACH or Errno.EHOSTUNREACH => _unreachable++,
            Errno.EADDRNOTAVAIL => _noPort++,
            Errno.EMFILE or Errno.ENFILE => _noDescriptor++,
            Errno.ECONNRESET or Errno.EPIPE => _reset++,
            _ => _other++,
        };
    }

    public readonly LoadErrors ToErrors() =>
        new()
        {
            Refused = _refused,
            Timeout = _timeout,
            Unreachable = _unreachable,
            NoPort = _noPort,
            NoDescriptor = _noDescriptor,
            Reset = _reset,
            Closed = Closed,
            Corrupt = Corrupt,
            Excess = Excess,
            Other = _other,
        };
}
