using C10k.CommandLine;
using C10k.Hosting;
using Xunit;

namespace C10k.Tests.Shared.Hosting;

public sealed class ModelReferenceTests
{
    private static readonly ModelInfo Prefork = new("prefork", "processes", "Processes.", "Apache")
    {
        Parameters =
        [
            Parameter.Number("workers", "4", "Processes.", 1, 64),
            Parameter.Number("stack", "64k", "Bytes of stack.", 65_536, 8 << 20),
            Parameter.Choice("listener", "shared", "Whose the listening socket is.", "shared", "reuseport"),
        ],
    };

    [Fact]
    public void A_bare_id_has_every_default()
    {
        var reference = ModelReference.Parse("prefork");
        Assert.Equal("prefork", reference.Id);
        Assert.Empty(reference.Values);
        Assert.Equal(Values("4", "64k"), reference.Resolve(Prefork));
    }

    [Fact]
    public void What_is_given_replaces_its_default_and_no_other()
    {
        var values = ModelReference.Parse("prefork:workers=64").Resolve(Prefork);
        Assert.Equal(Values("64", "64k"), values);
    }

    [Fact]
    public void Several_values_are_separated_by_commas()
    {
        var values = ModelReference.Parse("prefork:stack=1m,workers=1").Resolve(Prefork);
        Assert.Equal(Values("1", "1m"), values);
    }

    [Theory]
    [InlineData("prefork:")]
    [InlineData("prefork:workers")]
    [InlineData("prefork:workers=")]
    [InlineData("prefork:=4")]
    [InlineData("prefork:workers=1,")]
    [InlineData("prefork:,workers=1")]
    [InlineData("prefork:workers=1,workers=1")]
    public void What_is_not_key_and_value_is_refused_by_name(string text)
    {
        var refused = Assert.Throws<UsageException>(() => ModelReference.Parse(text));
        Assert.Contains($"'{text}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("key=value", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_answered_with_the_nearest()
    {
        var refused = Assert.Throws<UsageException>(() => ModelReference.Parse("prefork:worker=1").Resolve(Prefork));
        Assert.Equal("model 'prefork' has no parameter 'worker': did you mean workers?", refused.Message);
    }

    [Fact]
    public void A_model_without_parameters_says_so()
    {
        var poll = new ModelInfo("poll", "readiness", "Polls.", "many");
        var refused = Assert.Throws<UsageException>(() => ModelReference.Parse("poll:workers=1").Resolve(poll));
        Assert.Equal("model 'poll' has no parameter 'workers': it has none", refused.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("4=4")]
    public void A_value_out_of_range_is_refused_with_the_range(string value)
    {
        var refused = Assert.Throws<UsageException>(() =>
            ModelReference.Parse($"prefork:workers={value}").Resolve(Prefork)
        );
        Assert.Equal(
            $"parameter 'workers' takes a whole number from 1 to 64 (64k is 65536), not '{value}'",
            refused.Message
        );
    }

    [Fact]
    public void A_word_that_is_none_of_the_choices_is_refused_with_the_nearest()
    {
        var refused = Assert.Throws<UsageException>(() =>
            ModelReference.Parse("prefork:listener=share").Resolve(Prefork)
        );
        Assert.Equal("parameter 'listener' cannot be 'share': did you mean shared?", refused.Message);
    }

    private static Dictionary<string, string> Values(string workers, string stack) =>
        new()
        {
            ["workers"] = workers,
            ["stack"] = stack,
            ["listener"] = "shared",
        };
}
