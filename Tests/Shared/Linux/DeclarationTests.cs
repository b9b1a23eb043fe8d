using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>The declarations of Shared/Linux say what the headers of this system say.</summary>
public sealed class DeclarationTests
{
    [Fact]
    public void Every_constant_has_the_value_of_the_header() => AgreesWithHeaders([.. Declarations.Constants]);

    [Fact]
    public void Every_struct_has_the_layout_of_the_header() => AgreesWithHeaders([.. Declarations.Layouts]);

    // An argument too few or a result of the wrong width would work by chance on one architecture and not on another.
    [Fact]
    public void Every_function_takes_and_returns_as_much_as_in_the_header() =>
        AgreesWithHeaders([.. Declarations.Functions]);

    private static void AgreesWithHeaders(IReadOnlyList<Declaration> declarations)
    {
        Assert.NotEmpty(declarations);
        var values = CProgram.Evaluate(declarations.Select(declaration => declaration.Expression));
        Assert.Equal(declarations.Count, values.Count);
        var wrong = declarations.Zip(values).Where(pair => pair.First.Value != pair.Second);
        Assert.Empty(wrong.Select(pair => $"{pair.First.Expression} is {pair.Second}, not {pair.First.Value}"));
    }
}
