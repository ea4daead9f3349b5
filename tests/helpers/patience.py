"""How long tests wait for what must happen, in seconds: it decides only when a failure is seen."""

# Far above what anything takes on a quiet machine: others may have the processors.
PATIENCE = 120.0
