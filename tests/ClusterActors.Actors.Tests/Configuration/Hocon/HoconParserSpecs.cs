using ClusterActors.Actors.Configuration.Hocon;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Configuration.Hocon;

public class HoconParserSpecs
{
    private static HoconSection Parse(string text) => HoconParser.Parse(
        text,
        "text",
        (_, origin) => throw new HoconSyntaxException(origin, "no files here"),
        name => name switch { "SET" => "from outside", "EMPTY" => string.Empty, _ => null });

    private static string? Value(string text, params string[] path) => Parse(text).Find(path)?.Display;

    public class Values
    {
        [Theory]
        [InlineData("a = 1", "1")]
        [InlineData("a: 1", "1")]
        [InlineData("a=1", "1")]
        [InlineData("a = 1 # comment", "1")]
        [InlineData("a = 1 // comment", "1")]
        [InlineData("a = 10 s  ", "10 s")] // blanks inside stay, blanks after go
        [InlineData("a = \"x # y\"", "x # y")]
        [InlineData("a = \"\\\"\\\\\\n\\u0041\"", "\"\\\nA")]
        [InlineData("a = \"\"\"as \"it\" \\ stands\"\"\"", "as \"it\" \\ stands")]
        [InlineData("a = \"\"", "\"\"")]
        [InlineData("a = b\"c\" d", "bc d")] // pieces are joined
        [InlineData("a = 127.0.0.1:9292", "127.0.0.1:9292")]
        [InlineData("a = one\na = two", "two")]
        [InlineData("a = [1, 2]", "[1, 2]")]
        [InlineData("a = [\n  1 # one\n  2\n]", "[1, 2]")]
        [InlineData("a = [1, 2,]", "[1, 2]")]
        [InlineData("a = []", "[]")]
        [InlineData("a = [1]\na += 2", "[1, 2]")]
        [InlineData("a += 1", "[1]")]
        [InlineData("{ a = 1 }", "1")]
        [InlineData("{ \"a\": 1, \"b\": 2 }", "1")] // JSON
        [InlineData("\uFEFFa = 1\r\n", "1")]
        public void Are_read(string text, string value) => Assert.Equal(value, Value(text, "a"));

        [Theory]
        [InlineData("a.b = 1")]
        [InlineData("a { b = 1 }")]
        [InlineData("a = { b = 1 }")]
        [InlineData("a { c = 2 }, a { b = 1 }")]
        [InlineData("a {\n c = 2\n}\na.b = 1\na.d = 3")]
        [InlineData("a = 5\na { b = 1 }")]
        [InlineData("\"a\".\"b\" = 1")]
        public void Stand_in_sections_that_are_merged(string text) => Assert.Equal("1", Value(text, "a", "b"));

        [Fact]
        public void Know_the_line_they_were_written_at() =>
            Assert.Equal("text line 4", Parse("# one\na {\n  x = 1\n  b = 2\n}").Find(["a", "b"])!.Origin.ToString());

        [Fact]
        public void Of_a_quoted_name_with_a_dot_stand_in_no_section() => Assert.Equal("1", Value("\"a.b\" = 1", "a.b"));
    }

    public class Substitutions
    {
        [Theory]
        [InlineData("a = ${SET}", "from outside")]
        [InlineData("a = ${?SET}", "from outside")]
        [InlineData("a = x\na = ${?SET}", "from outside")]
        [InlineData("a = x\na = ${?UNSET}", "x")] // what stands above stays
        [InlineData("a = x\na = ${?EMPTY}", "x")] // compose files pass empty variables on
        [InlineData("a = [1, ${?UNSET}, ${?SET}]", "[1, from outside]")]
        [InlineData("a = \"is \"${SET}\", \"${?UNSET}really", "is from outside, really")]
        [InlineData("b = [1]\na = ${b}", "[1]")] // what is configured above
        [InlineData("b.c = 2\na = ${b.c}", "2")]
        [InlineData("a = \"${SET}\"", "${SET}")] // quoted text is as it stands
        public void Take_what_is_above_or_the_environment(string text, string value) => Assert.Equal(value, Value(text, "a"));

        [Fact]
        public void Leave_a_name_out_of_which_nothing_is_known() => Assert.Null(Value("a = ${?UNSET}", "a"));
    }

    public class Mistakes
    {
        [Theory]
        [InlineData("a = 1\nb {\n c = 1", 2, "the '{' opened here is never closed")]
        [InlineData("a = 1\n}\nb = 2", 2, "'}' cannot start a name")]
        [InlineData("{ a = 1 }\nb = 2", 2, "'b' stands after the end of the configuration")]
        [InlineData("a = [1,\n2\n", 1, "the '[' opened here is never closed")]
        [InlineData("a = [1\nb = 2 }", 2, "a value with '=' needs quotes")]
        [InlineData("a = \"x\nb = 1", 1, "the quote opened here is not closed on its line")]
        [InlineData("\na = \"\"\"x\nb", 2, "the \"\"\" opened here is never closed")]
        [InlineData("a b = 1", 1, "expected '=', ':' or '{' after a")]
        [InlineData("a", 1, "expected '=', ':' or '{' after a")]
        [InlineData("= 3", 1, "'=' cannot start a name")]
        [InlineData("a. = 3", 1, "' ' cannot start a name")]
        [InlineData("a =\n\nb = 1", 3, "a value with '=' needs quotes")]
        [InlineData("a = # nothing\n", 2, "expected a value; write \"\" for an empty one")]
        [InlineData("a { b = }", 1, "expected a value; write \"\" for an empty one")]
        [InlineData("a = 1]", 1, "a value with ']' needs quotes")]
        [InlineData("a = http://x", 1, "a value with '//' needs quotes")]
        [InlineData("a = [{ b = 1 }]", 1, "'{' cannot stand in a list")]
        [InlineData("a = [1] 2", 1, "'2' does not belong here, expected a comma or the end of the line")]
        [InlineData("a { b = 1 } c = 2", 1, "'c' does not belong here, expected a comma or the end of the line")]
        [InlineData("a = ${NOWHERE}", 1, "NOWHERE is neither configured above nor an environment variable")]
        [InlineData("a = ${NOWHERE", 1, "'${' is not closed by '}' on its line")]
        [InlineData("b = [1]\na = x${b}", 2, "a list or a section cannot be joined with text")]
        [InlineData("a = \"\\q\"", 1, "\\q is not an escape; write \\\\ for a backslash")]
        [InlineData("a = \"\\u00g0\"", 1, "\\u needs four hexadecimal digits")]
        [InlineData("include file(\"x\")", 1, "expected '=', ':' or '{' after include")]
        public void Are_told_with_their_line(string text, int line, string message)
        {
            var mistake = Assert.Throws<HoconSyntaxException>(() => Parse(text));

            Assert.Equal((message, line), (mistake.Message, mistake.Origin.Line));
        }

        [Fact]
        public void Of_nesting_without_end_do_not_exhaust_the_stack() =>
            Assert.Throws<HoconSyntaxException>(() => Parse(string.Concat(Enumerable.Repeat("a{", 100_000))));
    }

    [Property(MaxTest = 500)]
    public void Any_text_is_read_or_refused_and_never_hangs(string? text) => ReadOrRefuse(text ?? string.Empty);

    [Property(MaxTest = 500)]
    public void Any_shuffle_of_its_own_signs_is_read_or_refused(byte[] choices)
    {
        const string signs = "{}[]=,:\"\\\n $?#/.+a1";
        ReadOrRefuse(string.Concat(choices.Select(choice => signs[choice % signs.Length])));
    }

    private static void ReadOrRefuse(string text)
    {
        try
        {
            Assert.NotNull(Parse(text));
        }
        catch (HoconSyntaxException mistake)
        {
            Assert.NotEmpty(mistake.Message);
        }
    }
}
