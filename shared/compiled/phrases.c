/* Short phrases in what was heard: phonetics/alignment.py says by which costs. */
#include <stdint.h>

enum { MOST_HEARD = 64 };

typedef struct {
    const int32_t *ends;   /* (count,): behind the last sound of each */
    const double *telling; /* (count,): of how many of its syllables its cost is told */
    const double *limits;  /* (count,): the cost of such a one up to which it counts as heard */
    intptr_t count;
    double missing, extra; /* costs of a sound that was not heard, and of one that is not its own */
} Phrases;

/* The cost a telling syllable of each phrase wherever it lies nearest. `rows`: of each heard sound,
   how far every sound of the phrases lies from it. How many count as heard; -1 where there is no
   room. */
int nearest(const Phrases *of, const float *const *rows, intptr_t heard, double *costs) {
    double missing = of->missing, extra = of->extra;
    int found = 0;
    if (heard > MOST_HEARD) return -1;
    for (intptr_t phrase = 0, sound = 0; phrase < of->count; phrase++) {
        double line[MOST_HEARD + 1] = {0}; /* of the sounds so far, by the place where they end */
        for (; sound < of->ends[phrase]; sound++) {
            double beside = line[0]; /* one sound less, one place before */
            line[0] += missing;
            for (intptr_t at = 0; at < heard; at++) {
                double best = beside + (double)rows[at][sound], gap = line[at + 1] + missing;
                beside = line[at + 1];
                if (gap < best) best = gap;
                if (line[at] + extra < best) best = line[at] + extra;
                line[at + 1] = best;
            }
        }
        double least = line[0];
        for (intptr_t at = 1; at <= heard; at++)
            if (line[at] < least) least = line[at];
        costs[phrase] = least / of->telling[phrase];
        found += costs[phrase] <= of->limits[phrase];
    }
    return found;
}
