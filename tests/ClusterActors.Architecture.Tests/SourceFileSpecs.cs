using ClusterActors.Architecture.Tests.Rules;

namespace ClusterActors.Architecture.Tests;

public class SourceFileSpecs
{
    [Fact]
    public void The_source_has_one_type_per_file_under_its_name()
    {
        Assert.Contains(SourceTree.Files, file => Path.GetFileName(file.Path) == "ManagerActor.cs");
        Assert.Empty(SourceFileRule.Violations(SourceTree.Files));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Lease.cs", "namespace A;\n\npublic sealed class Leases;\n", "Lease.cs holds Leases" },
        { "Lease.cs", "namespace A;\n\ninternal readonly record struct Token(int Value);\n", "Lease.cs holds Token" },
        { "Lease.cs", "namespace A;\npublic class Lease;\n\nfile static class Helper;\n", "Lease.cs has 2 types: Lease, Helper" },
        { "Lease.cs", "namespace A;\npublic class Lease;\npublic delegate void Use(Lease lease);\n", "Lease.cs has 2 types: Lease, Use" },
        { "Lease.cs", "namespace A;\n\n// nothing\n", "Lease.cs has 0 types: " },
        { "Lease.cs", "public class Lease;\n", "Lease.cs has no file-scoped namespace" },
        { "Lease.cs", "namespace A;\npublic class Lease\n{\n    #region Fields\n    #endregion\n}\n", "Lease.cs has a region" },
        { "Program.cs", new string('\n', 351), "Program.cs has 351 lines" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void The_rule_bites(string path, string text, string violation) =>
        Assert.Equal([violation], SourceFileRule.Violations([new(path, text)]));

    [Theory]
    [InlineData("Lease.cs", "namespace A;\n\n/// <summary>A class of lease.</summary>\ninternal sealed partial record Lease<T>\n{\n    private enum Inner;\n}\n")]
    [InlineData("Lease.Parts.cs", "namespace A;\n\npublic ref partial struct Lease;\n")]
    [InlineData("Program.cs", "return 0;\n")]
    public void The_rule_leaves_alone_what_is_right(string path, string text) =>
        Assert.Empty(SourceFileRule.Violations([new(path, text)]));
}
