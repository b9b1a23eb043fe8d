namespace C10k.Harness.Results;

/// <summary>A CSV file that is not what it should be: one line that names the file, the line and the column.</summary>
internal sealed class CsvFormatException(string message, Exception? inner = null) : IOException(message, inner);
