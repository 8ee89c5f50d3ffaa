namespace ClusterActors.Actors.Tests.Harness;

/// <summary>A message of <c>name=value</c> pairs, split and decoded without the product's code.</summary>
internal sealed class Parameters(string text)
{
    private readonly Dictionary<string, string> _values = text.Split('&')
        .Select(part => part.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    public string Text { get; } = text;

    public IEnumerable<string> Names => _values.Keys;

    public string this[string name] => _values.TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"no {name} in {Text}");

    public string? Find(string name) => _values.GetValueOrDefault(name);
}
