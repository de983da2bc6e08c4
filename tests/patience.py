"""How long does a test wait for what must come, before it calls it lost?

A watchdog against tests that hang, never a bar: what is waited for comes within a hundredth of it on an ordinary machine,
so that one ten times slower passes too. How fast the simulator is stands in benchmarks/.
"""

SECONDS = 600
MILLISECONDS = 600_000  # as Playwright counts
