"""From a folder of reports to candidate claims: what they name, state and count."""
