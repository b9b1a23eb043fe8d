using C10k.Harness.Results;
using Xunit;

namespace C10k.Tests.Harness.Results;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string FilePath => _folder["rows.csv"];

    // The text holds what makes a record hard to find the end of: quotes, commas and line ends.
    private static readonly LatencyRow[] _rows =
    [
        Rows.Latency(1, 1),
        Rows.Latency(2, 2) with
        {
            Model = "a, \"b\"\nc\n\"d\"",
        },
        Rows.Latency(3, 3) with
        {
            Workload = "\n",
        },
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_has_its_header_at_once()
    {
        using CsvFile<LatencyRow> file = CsvFile.Open<LatencyRow>(FilePath);
        Assert.Equal("model,workload,clients,percentile,response_us,service_us\n", Content());
        Assert.Empty(CsvFile.Read<LatencyRow>(FilePath));
    }

    [Fact]
    public void Appended_rows_can_be_read_while_the_file_is_open()
    {
        using CsvFile<LatencyRow> file = CsvFile.Open<LatencyRow>(FilePath);
        file.Append(_rows[..1]);
        Assert.Equal(_rows[..1], CsvFile.Read<LatencyRow>(FilePath));
        file.Append(_rows[1..]);
        Assert.Equal(_rows, CsvFile.Read<LatencyRow>(FilePath));
    }

    [Fact]
    public void A_file_is_continued_without_a_second_header()
    {
        Write(_rows[..2]);
        Write(_rows[2..]);
        Assert.Equal(_rows, CsvFile.Read<LatencyRow>(FilePath));
    }

    [Fact]
    public void Cut_at_any_byte_it_loses_the_last_record_only()
    {
        byte[] whole = WriteAndTakeLengths(out long[] ends);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Equal(_rows.Take(ends.Count(end => end <= length)), CsvFile.Read<LatencyRow>(FilePath));
        }
    }

    [Fact]
    public void Cut_at_any_byte_it_can_be_continued()
    {
        byte[] whole = WriteAndTakeLengths(out long[] ends);
        LatencyRow next = Rows.Latency(4, 4);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Write(next);
            Assert.Equal([.. _rows.Take(ends.Count(end => end <= length)), next], CsvFile.Read<LatencyRow>(FilePath));
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("My notes, without a line end")]
    [InlineData("model,workload,clients\n")]
    public void A_file_with_other_columns_is_refused_and_left_as_it_was(string content)
    {
        File.WriteAllText(FilePath, content);
        var error = Assert.Throws<CsvFormatException>(() => CsvFile.Open<LatencyRow>(FilePath));
        Assert.Equal($"{FilePath}: line 1: other columns than this version writes; use a new folder", error.Message);
        Assert.Equal(content, Content());
    }

    [Fact]
    public void An_error_names_the_file()
    {
        File.WriteAllText(FilePath, "model\nx\n");
        var error = Assert.Throws<CsvFormatException>(() => CsvFile.Read<LatencyRow>(FilePath));
        Assert.StartsWith($"{FilePath}: line 1: column workload, clients, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_cannot_be_made_leaves_the_file_as_it_was()
    {
        using CsvFile<LatencyRow> file = CsvFile.Open<LatencyRow>(FilePath);
        Assert.Throws<InvalidOperationException>(() => file.Append(OneRowThenAnError()));
        file.Append([Rows.Latency(50, 1)]);
        Assert.Equal([Rows.Latency(50, 1)], CsvFile.Read<LatencyRow>(FilePath));
    }

    private static IEnumerable<LatencyRow> OneRowThenAnError()
    {
        yield return Rows.Latency(1, 1);
        throw new InvalidOperationException();
    }

    private string Content() => File.ReadAllText(FilePath);

    private void Write(params LatencyRow[] rows)
    {
        using CsvFile<LatencyRow> file = CsvFile.Open<LatencyRow>(FilePath);
        file.Append(rows);
    }

    private byte[] WriteAndTakeLengths(out long[] ends)
    {
        ends = [.. _rows.Select(EndAfterWriting)];
        return File.ReadAllBytes(FilePath);
    }

    private long EndAfterWriting(LatencyRow row)
    {
        Write(row);
        return new FileInfo(FilePath).Length;
    }
}
