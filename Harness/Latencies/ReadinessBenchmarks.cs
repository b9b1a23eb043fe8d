using System.Net;
using BenchmarkDotNet.Attributes;
using C10k.Linux;

namespace C10k.Harness.Latencies;

/// <summary>Asks the kernel which of many connections are ready, when none is: what an idle client costs at every turn.</summary>
public class ReadinessBenchmarks
{
    private const int Wanted = 10_000;
    private const int OtherDescriptors = 256;

    private readonly List<int> _ends = [];
    private pollfd[] _entries = [];
    private ulong[] _wanted = [];
    private ulong[] _set = [];
    private int _epoll = -1;
    private EpollEvents? _events;

    /// <summary>As many as wanted, or as the limit of open files allows; even, because both ends of a connection are asked about.</summary>
    public static int Descriptors { get; } =
        (int)Math.Clamp(Syscall.DescriptorLimit().Soft - OtherDescriptors, 2, Wanted) / 2 * 2;

    /// <summary>Makes idle connections.</summary>
    [GlobalSetup]
    public void Connect()
    {
        var listener = Syscall.OpenTcpSocket(nonBlocking: false);
        Syscall.Bind(listener, new IPEndPoint(IPAddress.Loopback, 0));
        Syscall.Listen(listener, backlog: 16);
        var address = Syscall.LocalEndPoint(listener);
        while (_ends.Count < Descriptors)
        {
            var client = Syscall.OpenTcpSocket(nonBlocking: false);
            _ends.Add(client);
            if (Syscall.Connect(client, address) is not Errno.None and var errno)
                throw new SystemCallException("connect", errno);
            _ends.Add(Syscall.Accept(listener, nonBlocking: false));
        }
        Syscall.Close(listener);
        Lay();
    }

    /// <summary>See epoll(7).</summary>
    [Benchmark]
    public int Epoll() => Syscall.WaitEpoll(_epoll, _events!, TimeSpan.Zero);

    /// <summary>See poll(2).</summary>
    [Benchmark]
    public int Poll() => Syscall.WaitPoll(_entries, TimeSpan.Zero);

    /// <summary>See select(2). The kernel replaces the set, so that it is laid out anew for each call.</summary>
    [Benchmark]
    public int Select()
    {
        _wanted.CopyTo(_set, 0);
        return Syscall.WaitSelect(_set.Length * 64, _set, default, TimeSpan.Zero);
    }

    /// <summary>Closes the connections.</summary>
    [GlobalCleanup]
    public void Close()
    {
        foreach (var end in _ends.Append(_epoll))
            Syscall.Close(end);
        _events?.Dispose();
    }

    private void Lay()
    {
        _entries = [.. _ends.Select(end => new pollfd { fd = end, events = Linux.Poll.POLLIN })];
        _set = new ulong[(_ends.Max() / 64) + 1];
        _wanted = new ulong[_set.Length];
        _events = new EpollEvents(256);
        _epoll = Syscall.CreateEpoll();
        foreach (var end in _ends)
        {
            _wanted[end / 64] |= 1ul << (end % 64);
            Syscall.ControlEpoll(_epoll, Linux.Epoll.EPOLL_CTL_ADD, end, Linux.Epoll.EPOLLIN);
        }
    }
}
