using Xunit;

// Threads and descriptors are counted for the whole process, so one test at a time has it to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
