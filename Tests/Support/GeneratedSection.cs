using C10k.Tests.Harness;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>
/// A part of a page of docs that tests write, between two comments. With <c>C10K_UPDATE_GOLDEN=1</c> they write it anew; else it has to
/// be as they would.
/// </summary>
/// <param name="page">Below docs.</param>
/// <param name="name">What the comments say: <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>.</param>
internal sealed class GeneratedSection(string page, string name)
{
    // Several tests may write the same page.
    private static readonly Lock Writing = new();

    private readonly string _page = RepositoryRoot.File("docs", page);
    private readonly string _begin = $"<!-- {name} -->\n";
    private readonly string _end = $"<!-- end of {name} -->";

    /// <summary>What stands there.</summary>
    public string Text
    {
        get
        {
            lock (Writing)
            {
                var text = File.ReadAllText(_page);
                return text[BeginsAt(text)..EndsAt(text)];
            }
        }
    }

    /// <summary>All of it has to be this.</summary>
    public void Check(string expected)
    {
        Update(_ => expected);
        Assert.Equal(expected, Text);
    }

    /// <summary>Writes it anew, if that is asked for.</summary>
    /// <param name="change">Given what stands there.</param>
    public void Update(Func<string, string> change)
    {
        if (Environment.GetEnvironmentVariable("C10K_UPDATE_GOLDEN") != "1")
            return;
        lock (Writing)
        {
            var text = File.ReadAllText(_page);
            var (begin, end) = (BeginsAt(text), EndsAt(text));
            File.WriteAllText(_page, text[..begin] + change(text[begin..end]) + text[end..]);
        }
    }

    private int BeginsAt(string text) => text.IndexOf(_begin, StringComparison.Ordinal) + _begin.Length;

    private int EndsAt(string text) => text.IndexOf(_end, StringComparison.Ordinal);
}
