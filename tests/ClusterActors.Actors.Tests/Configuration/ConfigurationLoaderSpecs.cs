using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

public class ConfigurationLoaderSpecs
{
    public class Layers
    {
        [Fact]
        public void A_file_lies_over_the_defaults_and_set_over_the_file()
        {
            var settings = Loading.Text(
                "clusterActors { worker { threads = 2, readerWriters = 2 } }", "worker.threads=3").Settings;

            Assert.Equal(3, settings.Worker.Threads);
            Assert.Equal(2, settings.Worker.ReaderWriters);
            Assert.Equal(10_000, settings.Worker.MaxClientCount);
        }

        [Fact]
        public void The_last_set_wins() => Assert.Equal(4, Loading.Sets("worker.threads=3", "worker.threads=4").Worker.Threads);

        [Theory]
        [InlineData("worker.threads=5")]
        [InlineData("clusterActors.worker.threads=5")]
        [InlineData("worker.threads = \"5\"")]
        public void A_set_names_its_key_with_or_without_the_section(string set) =>
            Assert.Equal(5, Loading.Sets(set).Worker.Threads);

        [Fact]
        public void A_set_can_hold_an_equals_sign_and_be_empty()
        {
            Assert.Equal(
                "a.B, a, Version=1.0.0.0", Loading.Sets("worker.handler=a.B, a, Version=1.0.0.0").Worker.Handler);
            Assert.Equal("box-9292", Loading.Sets("node=").Node);
        }
    }

    public class Include
    {
        [Fact]
        public void Is_relative_to_the_file_that_names_it()
        {
            using var files = new TemporaryFiles();
            files.Write("shared/base.hocon", "include \"deeper/limits.hocon\"\nclusterActors.worker.threads = 2");
            files.Write("shared/deeper/limits.hocon", "clusterActors.worker { threads = 1, maxClientCount = 50 }");
            var file = files.Write("node.hocon", "include \"shared/base.hocon\"\nclusterActors.worker.readerWriters = 3");

            var worker = Loading.File(file, []).Settings.Worker;

            Assert.Equal((2, 3, 50), (worker.Threads, worker.ReaderWriters, worker.MaxClientCount));
        }

        [Fact]
        public void Can_stand_inside_a_section()
        {
            using var files = new TemporaryFiles();
            files.Write("worker.inc", "threads = 9");
            var file = files.Write("node.hocon", "clusterActors { worker { include \"worker.inc\"\n readerWriters = 1 } }");

            Assert.Equal(9, Loading.File(file, []).Settings.Worker.Threads);
        }

        [Fact]
        public void Of_a_file_that_is_missing_is_a_mistake_at_its_line()
        {
            using var files = new TemporaryFiles();
            var file = files.Write("node.hocon", "\n\ninclude \"absent.hocon\"");

            var error = Assert.Single(Loading.Errors(() => Loading.File(file, [])));

            Assert.Equal($"{file} line 3", error.Source);
            Assert.Contains("absent.hocon cannot be read", error.Sentence, StringComparison.Ordinal);
        }

        [Fact]
        public void Of_itself_is_a_mistake()
        {
            using var files = new TemporaryFiles();
            var file = files.Write("node.hocon", "include \"./other.hocon\"");
            files.Write("other.hocon", "include \"node.hocon\"");

            Assert.EndsWith(
                "includes itself.", Assert.Single(Loading.Errors(() => Loading.File(file, []))).Sentence, StringComparison.Ordinal);
        }

        [Fact]
        public void Names_the_included_file_in_its_mistakes()
        {
            using var files = new TemporaryFiles();
            files.Write("base.hocon", "\nclusterActors.worker.threads = none");
            var file = files.Write("node.hocon", "include \"base.hocon\"");

            Assert.EndsWith(
                "base.hocon line 2", Assert.Single(Loading.Errors(() => Loading.File(file, []))).Source, StringComparison.Ordinal);
        }
    }

    public class Akka
    {
        [Fact]
        public void Its_section_is_handed_on_and_set_reaches_it()
        {
            var akka = Loading.Text(
                """
                akka {
                  loglevel = DEBUG
                  loggers = ["A.B, A", "C.D, C"]
                  actor.deployment { "/a/*" { router = round-robin-pool } }
                }
                """,
                "akka.loglevel=WARNING").Akka;

            Assert.Equal("WARNING", akka.GetString("akka.loglevel"));
            Assert.Equal(["A.B, A", "C.D, C"], akka.GetStringList("akka.loggers"));
            Assert.Equal("round-robin-pool", akka.GetString("akka.actor.deployment.\"/a/*\".router"));
        }

        [Fact]
        public void It_is_empty_when_nothing_is_written() => Assert.True(Loading.File(null, []).Akka.IsEmpty);
    }

    public class AFile
    {
        [Fact]
        public void That_is_missing_is_a_mistake_that_names_it()
        {
            var error = Assert.Single(Loading.Errors(() => Loading.File("/no/such/node.hocon", [])));

            Assert.StartsWith("/no/such/node.hocon: the file /no/such/node.hocon cannot be read: ", error.Sentence, StringComparison.Ordinal);
        }

        [Fact]
        public void That_cannot_be_parsed_is_a_mistake_at_its_line()
        {
            using var files = new TemporaryFiles();
            var file = files.Write("node.hocon", "clusterActors {\n  worker {\n    threads = 1\n}\n");

            Assert.Equal(
                $"{file} line 1: the '{{' opened here is never closed.",
                Assert.Single(Loading.Errors(() => Loading.File(file, []))).Sentence);
        }

        [Fact]
        public void That_is_empty_leaves_the_defaults() => Assert.Empty(Loading.Text(string.Empty).Settings.Changed);
    }

    public class WhatChanged
    {
        [Fact]
        public void Is_listed_with_its_default_and_where_it_was_written()
        {
            var settings = Loading.Sets("worker.threads=4", "port=[7070, 7071]");

            Assert.Equal(
                [
                    new ChangedSetting("port", "[7070, 7071]", "[9090]", "--set port=[7070, 7071]"),
                    new ChangedSetting("worker.threads", "4", "0", "--set worker.threads=4"),
                ],
                settings.Changed);
        }

        [Fact]
        public void Leaves_out_a_default_that_is_written_differently() =>
            Assert.Empty(Loading.Sets("report.interval=1000ms", "connection.outputLimit=4096KiB", "port=9090").Changed);
    }
}
