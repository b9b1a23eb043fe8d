namespace C10k.Tests.EndToEnd.Faults;

/// <summary>Servers that are right as long as they are probed, and wrong under load.</summary>
internal static class PythonServers
{
    // Each connection has a thread. The first three, which are the probe's, are served as it should be.
    private const string Frame = """
        import socket, threading
        listener = socket.socket()
        listener.bind(('127.0.0.1', 0))
        listener.listen(100)
        print('READY 127.0.0.1:%d' % listener.getsockname()[1], flush=True)
        last = b''
        lock = threading.Lock()

        def run(connection, number):
            try:
                while serve(connection, connection.recv(65536), number > 3):
                    pass
            except OSError:
                pass

        def accept():
            number = 0
            while True:
                number += 1
                threading.Thread(target=run, args=(listener.accept()[0], number), daemon=True).start()

        """;

    /// <summary>What the client before was due.</summary>
    public const string Stale =
        Frame
        + """
            first = None
            def serve(connection, data, strange):
                global first
                if strange and len(data) == 64:
                    with lock:
                        data, first = first or data, data
                connection.sendall(data)
                return data

            accept()
            """;

    /// <summary>Always the same, of the right length.</summary>
    public const string Canned =
        Frame
        + """
            def serve(connection, data, strange):
                connection.sendall(b'x' * len(data) if strange else data)
                return data

            accept()
            """;

    /// <summary>Right, but it never closes what its clients have closed, and ends when it can open no more.</summary>
    public const string Leaking =
        Frame
        + """
            import os
            kept = []
            def serve(connection, data, strange):
                kept.append(connection)
                connection.sendall(data)
                return data

            try:
                accept()
            except OSError:
                os._exit(1)
            """;

    /// <summary>Takes memory for good, and more than there is; then it has none for a thread or a reply, and hangs.</summary>
    public const string Hungry =
        Frame
        + """
            kept = []
            def serve(connection, data, strange):
                kept.append(connection)
                while strange:
                    kept.append(bytearray(1 << 24))
                connection.sendall(data)
                return data

            try:
                accept()
            except (MemoryError, RuntimeError):
                threading.Event().wait()
            """;

    /// <summary>HTTP with a status that is not asked for.</summary>
    public const string Refusing =
        Frame
        + """
            import subprocess, sys
            def serve(connection, data, strange):
                status = b'500 Internal Server Error' if strange else b'200 OK'
                for i in range(data.count(b'\r\n\r\n')):
                    connection.sendall(b'HTTP/1.1 ' + status + b'\r\nContent-Length: 13\r\n\r\nHello, World!')
                return data

            accept()
            """;
}
