using C10k.Hosting;

namespace C10k.Servers.Serving;

/// <summary>The connections of one event loop. The kernel hands out the lowest free descriptor, so that an array indexed by it stays dense.</summary>
internal sealed class ConnectionTable(ServerContext context)
{
    private Connection?[] _connections = new Connection?[1024];

    /// <summary>The connection with this descriptor.</summary>
    public Connection this[int descriptor] => _connections[descriptor]!;

    /// <summary>The connection with this descriptor will be needed soon.</summary>
    public void FetchAhead(int descriptor)
    {
        if (_connections[descriptor] is { } connection)
            Prefetch.Object(connection);
    }

    /// <summary>Takes in a new connection.</summary>
    public Connection Add(int descriptor)
    {
        DescriptorTable.MakeRoom(ref _connections, descriptor);
        return _connections[descriptor] = new Connection(descriptor, context.NewConversation());
    }

    /// <summary>Closes a connection and forgets it.</summary>
    public void Close(Connection connection)
    {
        _connections[connection.Descriptor] = null;
        connection.Close();
    }

    /// <summary>Closes all that are left.</summary>
    public void CloseAll()
    {
        foreach (var connection in _connections)
            connection?.Close();
        Array.Clear(_connections);
    }
}
