// Most of these tests keep one core busy, many of them in a tool of another language; the fixtures share nothing.
[assembly: Parallelizable(ParallelScope.Fixtures)]
