using C10k.CommandLine;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Hosting;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Planning;

public class ModelSelectionTests
{
    private static readonly ModelInfo[] Models =
    [
        Planned.Model("blocking", "iterative"),
        Planned.Model("thread-pool", "threads", Parameter.Number("threads", "32", "Threads.", 1, 1024)),
        Planned.Model("select"),
        Planned.Model("poll"),
        Planned.Model(
            "epoll",
            "readiness",
            Parameter.Choice("trigger", "level", "When it tells.", "level", "edge"),
            Parameter.Number("events", "64", "Events a call.", 1, 1 << 20)
        ),
        Planned.Model("epoll-exclusive"),
    ];

    [Theory]
    [InlineData(null, "blocking thread-pool select poll epoll epoll-exclusive")]
    [InlineData("*", "blocking thread-pool select poll epoll epoll-exclusive")]
    [InlineData("poll", "poll")]
    [InlineData("poll,blocking", "poll blocking")]
    [InlineData(" poll , blocking ", "poll blocking")]
    [InlineData("poll,poll", "poll")]
    [InlineData("readiness", "select poll epoll epoll-exclusive")]
    [InlineData("threads,readiness", "thread-pool select poll epoll epoll-exclusive")]
    [InlineData("epoll*", "epoll epoll-exclusive")]
    [InlineData("*l*", "blocking thread-pool select poll epoll epoll-exclusive")]
    [InlineData("?oll", "poll")]
    [InlineData("epoll-exclusive,e*", "epoll-exclusive epoll")]
    [InlineData("poll,readiness", "poll select epoll epoll-exclusive")]
    [InlineData("blocking,*", "blocking thread-pool select poll epoll epoll-exclusive")]
    public void Ids_globs_and_families_are_found_in_the_order_asked_for_and_each_once(string? asked, string found) =>
        Assert.Equal(found.Split(' '), Names(asked));

    [Theory]
    [InlineData("epoll:trigger=edge", "epoll:trigger=edge")]
    [InlineData("epoll:trigger=edge,events=8", "epoll:trigger=edge,events=8")]
    [InlineData("epoll:trigger=edge,events=8,poll", "epoll:trigger=edge,events=8|poll")]
    [InlineData("epoll:trigger=edge, events=8, poll", "epoll:trigger=edge,events=8|poll")]
    [InlineData("epoll:events=1,epoll:events=2", "epoll:events=1|epoll:events=2")]
    [InlineData("epoll,epoll:events=1", "epoll|epoll:events=1")]
    [InlineData("thread-pool:threads=cpus", "thread-pool:threads=cpus")]
    public void A_variant_keeps_all_its_parameters_and_its_name(string asked, string found) =>
        Assert.Equal(found.Split('|'), Names(asked));

    [Fact]
    public void A_name_of_both_a_model_and_a_family_means_the_model()
    {
        ModelInfo[] models = [Planned.Model("async", "async"), Planned.Model("saea", "async")];
        Assert.Equal(["async"], ModelSelection.Select(models, "async").Select(variant => variant.Name));
    }

    [Fact]
    public void A_variant_is_described_by_the_model_it_comes_from()
    {
        var variant = Assert.Single(ModelSelection.Select(Models, "epoll:events=8"));
        Assert.Same(Models[4], variant.Info);
    }

    [Theory]
    [InlineData("epol", "unknown model 'epol': did you mean epoll?")]
    [InlineData("pol", "unknown model 'pol': did you mean poll?")]
    [InlineData("bloking", "unknown model 'bloking': did you mean blocking?")]
    [InlineData("epol:events=1", "unknown model 'epol': did you mean epoll?")]
    [InlineData("x*", "unknown model 'x*': possible are blocking, thread-pool, select, poll, epoll, epoll-exclusive")]
    [InlineData("", "unknown model '': possible are blocking, thread-pool, select, poll, epoll, epoll-exclusive")]
    [InlineData("poll,", "unknown model '': possible are blocking, thread-pool, select, poll, epoll, epoll-exclusive")]
    [InlineData("epoll:event=1", "model 'epoll' has no parameter 'event': did you mean events?")]
    [InlineData("poll:events=1", "model 'poll' has no parameter 'events': it has none")]
    [InlineData("epoll:trigger=edgy", "parameter 'trigger' cannot be 'edgy': did you mean edge?")]
    [InlineData("epoll:events=0", "parameter 'events' takes a whole number from 1 to 1048576 (64k is 65536), not '0'")]
    [InlineData(
        "epoll:events=1,events=2",
        "model 'epoll:events=1,events=2': behind the colon stands key=value,… with each key once"
    )]
    [InlineData("epoll:", "model 'epoll:': behind the colon stands key=value,… with each key once")]
    public void What_fits_nothing_is_named_with_what_there_is(string asked, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => ModelSelection.Select(Models, asked)).Message);

    [Theory]
    [InlineData(null, "blocking thread-pool select poll epoll epoll-exclusive mine")]
    [InlineData("poll", "poll mine")]
    [InlineData("mine,poll", "mine poll")]
    [InlineData("theirs", "theirs mine")]
    [InlineData("poll,external", "poll mine theirs")]
    [InlineData("*", "blocking thread-pool select poll epoll epoll-exclusive mine theirs")]
    public void Servers_that_were_added_always_run_and_those_that_come_with_it_when_they_are_named(
        string? asked,
        string found
    )
    {
        var foreign = new ForeignServers([Planned.Server("theirs")], [Planned.Server("mine")]);
        var selected = ModelSelection.Select(Models, asked, foreign);
        Assert.Equal(found.Split(' '), selected.Select(variant => variant.Name));
        Assert.All(selected, variant => Assert.Equal(variant.Server is not null, variant.Info.Family == "external"));
    }

    [Fact]
    public void A_server_cannot_be_called_like_a_model() =>
        Assert.Equal(
            "test: the name 'poll' is taken by a model of the bench: choose another",
            Assert
                .Throws<UsageException>(() =>
                    ModelSelection.Select(Models, "select", new ForeignServers([], [Planned.Server("poll")]))
                )
                .Message
        );

    private static IEnumerable<string> Names(string? asked) =>
        ModelSelection.Select(Models, asked).Select(variant => variant.Name);
}
