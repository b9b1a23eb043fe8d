using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace C10k.Harness.Report.Components;

/// <summary>Text in a picture. Razor itself takes the element's name for one of its own.</summary>
public sealed class Label : ComponentBase
{
    /// <summary>Its style class.</summary>
    [Parameter, EditorRequired]
    public required string Class { get; set; }

    /// <summary>Where it begins, or what its class makes of that.</summary>
    [Parameter, EditorRequired]
    public required string X { get; set; }

    /// <summary>Where its baseline is.</summary>
    [Parameter, EditorRequired]
    public required string Y { get; set; }

    /// <summary>What it says.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddContent(4, Text);
        builder.CloseElement();
    }
}
