/* What both steps need: the arrays of a run (run.h is written from their list) and the worth of a way. */
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

static inline double min2(double a, double b) { return a < b ? a : b; }
static inline double max2(double a, double b) { return a > b ? a : b; }

/* Value at the tail of a way and the average along it; kept is exp(-share). */
static inline void worth(double ahead, double share, double kept, double cost, double *tail, double *mean) {
    double along, lost;
    if (share < 1e-3) {
        lost = 0.5 - share * (1.0 / 6.0 - share * (1.0 / 24.0 - share / 120.0));
        along = 1.0 - share * lost;
    } else {
        along = (1.0 - kept) / share;
        lost = (1.0 - along) / share;
    }
    *tail = ahead * kept - cost * along;
    *mean = ahead * along - cost * lost;
}
