using C10k.Contract;
using C10k.Latency;
using C10k.LoadGen.Clients;

namespace C10k.LoadGen.Modes;

/// <summary>Does what it is told, line by line, until it is told to stop or nobody is there any more.</summary>
internal sealed class ControlledMode(LoadOptions options, TextReader orders, TextWriter answers)
{
    public async Task<int> Run()
    {
        using var load = new LoadRun(options);
        while (await orders.ReadLineAsync() is { } line)
        {
            LoadOrder order;
            try
            {
                order = LoadMessages.ParseOrder(line);
            }
            catch (FormatException wrong)
            {
                await Console.Error.WriteLineAsync($"LoadGen: {wrong.Message}");
                return ExitCode.WrongArguments;
            }
            if (order is StopOrder)
            {
                var unfinished = await load.Settle(options.Drain);
                load.Dispose();
                Answer(ToAnswer(load.AllErrors, unfinished));
                return ExitCode.Success;
            }
            await Obey(order, load);
        }
        return ExitCode.Success;
    }

    private async Task Obey(LoadOrder order, LoadRun load)
    {
        switch (order)
        {
            case ConnectOrder:
                Answer(await load.Connect());
                break;
            case GreetOrder:
                Answer(await load.Greet());
                break;
            case CommandOrder:
                load.Command();
                Answer(new CommandedAnswer());
                break;
            case WarmUpOrder warmUp:
                load.Begin();
                // The compiler's work for a window belongs here, and not into the first one.
                var rehearsal = Task.Run(() => LoadMessages.ToLine(ToAnswer(Window.Empty(options))));
                await Task.Delay(TimeSpan.FromSeconds(warmUp.Seconds));
                await rehearsal;
                Answer(new WarmAnswer());
                break;
            case MeasureOrder measure:
                var length = TimeSpan.FromSeconds(measure.Seconds);
                foreach (var window in load.Measure(measure.Windows, length, () => Answer(new BorderAnswer())))
                    Answer(ToAnswer(window));
                break;
            default:
                throw new InvalidOperationException($"nobody here obeys {order.GetType().Name}");
        }
    }

    private static WindowAnswer ToAnswer(Window window)
    {
        var all = window.Distributions;
        return new WindowAnswer(window.Report, HistogramEncoding.EncodeBase64(all.Latency))
        {
            ServiceHistogram = all.IsScheduled ? HistogramEncoding.EncodeBase64(all.Service) : null,
            ConnectHistogram = all.HasConnects ? HistogramEncoding.EncodeBase64(all.Connect) : null,
        };
    }

    private static StoppedAnswer ToAnswer(LoadErrors errors, Unfinished unfinished) =>
        new(errors)
        {
            Unanswered = unfinished.Unanswered,
            LostRequests = unfinished.Lost,
            NotSent = unfinished.NotSent,
        };

    private void Answer(LoadAnswer answer)
    {
        answers.WriteLine(LoadMessages.ToLine(answer));
        answers.Flush();
    }
}
