using Xunit;

namespace C10k.Tests.Harness.Report;

/// <summary>The tests of pages share one browser: it takes longer to start than they do.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class SharedChromium : ICollectionFixture<Chromium>;
