namespace C10k.Hosting;

/// <summary>Where an event loop gets its connections from: a listening socket, or another thread that listens for it.</summary>
public interface IConnectionSource
{
    /// <summary>Readable when <see cref="Accept"/> has something to tell.</summary>
    int Descriptor { get; }

    /// <summary>Takes the next connection.</summary>
    Accepted Accept();
}
