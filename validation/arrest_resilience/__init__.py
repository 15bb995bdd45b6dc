"""Own reference program of one organisation under arrests, and the same question to trasiego."""
