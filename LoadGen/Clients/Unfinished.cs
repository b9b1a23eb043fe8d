namespace C10k.LoadGen.Clients;

/// <summary>Requests that got no reply, when the load has ended. Each is in one of these, and in no other count.</summary>
/// <param name="Unanswered">Their connections stand; those that were due and could not be sent yet are among them.</param>
/// <param name="Lost">They were under way on a connection that ended.</param>
/// <param name="NotSent">They were due after their client had lost its connection for good, or had got none.</param>
internal readonly record struct Unfinished(long Unanswered, long Lost, long NotSent)
{
    public static Unfinished operator +(Unfinished a, Unfinished b) =>
        new(a.Unanswered + b.Unanswered, a.Lost + b.Lost, a.NotSent + b.NotSent);
}
