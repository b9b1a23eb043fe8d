using C10k.Contract;
using C10k.Latency;

namespace C10k.Harness.Trials;

/// <summary>Makes one answer out of those of several load generators to the same order.</summary>
internal static class MergedAnswer
{
    /// <param name="answers">One at least, all of one kind.</param>
    /// <exception cref="TrialException">One of them holds no histogram where one belongs.</exception>
    public static LoadAnswer Of(IReadOnlyList<LoadAnswer> answers)
    {
        try
        {
            return answers switch
            {
                [var only] => only,
                [ConnectedAnswer, ..] => Of([.. answers.Cast<ConnectedAnswer>()]),
                [GreetedAnswer, ..] => Of([.. answers.Cast<GreetedAnswer>()]),
                [WindowAnswer, ..] => Of([.. answers.Cast<WindowAnswer>()]),
                [StoppedAnswer, ..] => Of([.. answers.Cast<StoppedAnswer>()]),
                // These say only that it is done.
                [WarmAnswer or BorderAnswer or CommandedAnswer, ..] => answers[0],
                _ => throw new InvalidOperationException(
                    $"nobody has said how {answers.Count} answers of kind {answers[0].GetType().Name} become one"
                ),
            };
        }
        catch (FormatException wrong)
        {
            throw new TrialException($"a load generator: {wrong.Message}");
        }
    }

    private static ConnectedAnswer Of(List<ConnectedAnswer> answers)
    {
        var histogram = Add(answers.Select(answer => answer.Histogram));
        return new ConnectedAnswer(
            answers.Sum(answer => answer.Clients),
            answers.Sum(answer => answer.Connected),
            answers.Max(answer => answer.ConnectSeconds),
            LatencySummary.Of(histogram),
            Sum(answers.Select(answer => answer.Errors))
        )
        {
            Errnos = answers
                .SelectMany(answer => answer.Errnos)
                .GroupBy(errno => errno.Key, errno => errno.Value)
                .ToDictionary(errno => errno.Key, errno => errno.Sum()),
            Histogram = HistogramEncoding.EncodeBase64(histogram),
        };
    }

    private static GreetedAnswer Of(List<GreetedAnswer> answers) =>
        new(answers.Sum(answer => answer.Served), answers.Max(answer => answer.Seconds));

    private static StoppedAnswer Of(List<StoppedAnswer> answers) =>
        new(Sum(answers.Select(answer => answer.Errors)))
        {
            Unanswered = answers.Sum(answer => answer.Unanswered),
            LostRequests = answers.Sum(answer => answer.LostRequests),
            NotSent = answers.Sum(answer => answer.NotSent),
        };

    private static WindowAnswer Of(List<WindowAnswer> answers)
    {
        var latency = Add(answers.Select(answer => answer.Histogram));
        var isScheduled = answers.Exists(answer => answer.ServiceHistogram is not null);
        var service = isScheduled ? Add(answers.Select(answer => answer.ServiceHistogram ?? answer.Histogram)) : null;
        var hasConnects = answers.Exists(answer => answer.ConnectHistogram is not null);
        var connect = hasConnects ? Add(answers.Select(answer => answer.ConnectHistogram)) : null;
        var report = MergedReport.Of([.. answers.Select(answer => answer.Report)]) with
        {
            LatencyUs = LatencySummary.Of(latency),
            ServiceLatencyUs = LatencySummary.Of(service ?? latency),
            ConnectUs = connect is null ? LatencySummary.Nothing : LatencySummary.Of(connect),
        };
        return new WindowAnswer(report, HistogramEncoding.EncodeBase64(latency))
        {
            ServiceHistogram = service is null ? null : HistogramEncoding.EncodeBase64(service),
            ConnectHistogram = connect is null ? null : HistogramEncoding.EncodeBase64(connect),
        };
    }

    private static LatencyHistogram Add(IEnumerable<string?> histograms) =>
        LatencyHistogram.Sum(histograms.OfType<string>().Select(text => HistogramEncoding.DecodeBase64(text)));

    private static LoadErrors Sum(IEnumerable<LoadErrors> errors) =>
        errors.Aggregate(new LoadErrors(), (a, b) => a + b);
}
