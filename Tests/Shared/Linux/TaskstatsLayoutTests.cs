using System.Text;
using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Linux;

/// <summary>What is computed or assumed for looking at other processes, beside what <see cref="Declarations"/> finds by itself.</summary>
public sealed class TaskstatsLayoutTests
{
    [Fact]
    public void Lengths_are_rounded_up_as_the_headers_do() =>
        AgreesWithHeaders([.. Enumerable.Range(0, 9).Select(Rounded)]);

    [Fact]
    public void Messages_and_attributes_begin_with_what_is_read() =>
        AgreesWithHeaders(
            new Declaration("offsetof(struct nlmsgerr, error)", 0),
            new Declaration("offsetof(struct dirent, d_name)", Dirent.d_name),
            new Declaration("sizeof(TASKSTATS_GENL_NAME)", TaskstatsProtocol.TASKSTATS_GENL_NAME.Length)
        );

    [Fact]
    public void The_cpu_clock_of_a_process_has_the_number_the_library_gives_it() =>
        AgreesWithHeaders(
            new Declaration(
                "({ clockid_t clock; clock_getcpuclockid(getppid(), &clock); clock; })",
                Time.ProcessClock(Environment.ProcessId)
            )
        );

    [Fact]
    public void The_family_has_the_name_in_the_header() =>
        Assert.Equal("TASKSTATS\0", Encoding.ASCII.GetString(TaskstatsProtocol.TASKSTATS_GENL_NAME));

    private static Declaration Rounded(int length) => new($"NLMSG_ALIGN({length})", Netlink.Align(length));

    private static void AgreesWithHeaders(params Declaration[] declarations)
    {
        var values = CProgram.Evaluate(declarations.Select(declaration => declaration.Expression));
        Assert.Equal(declarations.Select(declaration => declaration.Value), values);
    }
}
