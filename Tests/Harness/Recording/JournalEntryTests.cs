using C10k.Harness.Recording;
using C10k.Harness.Trials;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Recording;

public sealed class JournalEntryTests
{
    [Fact]
    public void A_trial_comes_out_of_the_journal_as_it_went_into_it()
    {
        var trial = Filled.Of<TrialResult>();
        var line = JournalEntry.Of(trial).ToLine();
        var read = JournalEntry.TryParse(line)!.TryToTrial(trial.Case);
        Filled.IsSame(trial, read, nameof(TrialResult));
    }
}
