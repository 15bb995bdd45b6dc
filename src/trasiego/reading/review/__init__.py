"""Review: a person accepts, edits or rejects candidates; every decision is a line of a log."""
