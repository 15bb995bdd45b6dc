"""Own program of a published model of the size of Mexican cartels, and the same questions to trasiego."""
