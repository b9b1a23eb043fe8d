namespace C10k.Servers.Models.Processes;

/// <summary>Something that is said on stderr the first time it happens, because it may happen by the thousand.</summary>
internal sealed class Complaint
{
    private bool _said;

    public void Say(string text)
    {
        if (_said)
            return;
        _said = true;
        Console.Error.WriteLine(text);
    }
}
