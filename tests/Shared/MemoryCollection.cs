namespace Wirehook.Tests;

/// <summary>Tests that measure the memory of the whole process: nothing may run beside them.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryCollection;
