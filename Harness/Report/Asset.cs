using Microsoft.AspNetCore.Components;

namespace C10k.Harness.Report;

/// <summary>The style and the script of the page, which are plain files in the tree and embedded in the program.</summary>
internal static class Asset
{
    // In this order; together they are one script.
    private static readonly string[] Scripts = ["dom.js", "state.js", "table.js", "plots.js", "times.js", "page.js"];

    public static MarkupString Style(string further) => new($"<style>\n{Read("page.css")}{further}</style>");

    public static MarkupString Script =>
        new($"<script>\n(() => {{\n'use strict';\n{string.Concat(Scripts.Select(Read))}}})();\n</script>");

    private static string Read(string name)
    {
        using var stream =
            typeof(Asset).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not embedded in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
