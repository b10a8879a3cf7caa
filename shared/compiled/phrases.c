/* Short phrases in what was heard: phonetics/alignment.py says by which costs. */
#include <stdint.h>

enum { MOST_HEARD = 64 };

/* The cost of each phrase wherever it lies nearest. `rows`: of each heard sound, how far every sound
   of the phrases lies from it; `ends`: behind the last sound of each phrase. -1 where there is no
   room, else 0. */
int nearest(const float *const *rows, intptr_t heard, const int32_t *ends, intptr_t phrases,
            double missing, double extra, double *costs) {
    if (heard > MOST_HEARD) return -1;
    for (intptr_t phrase = 0, sound = 0; phrase < phrases; phrase++) {
        double line[MOST_HEARD + 1] = {0}; /* of the sounds so far, by the place where they end */
        for (; sound < ends[phrase]; sound++) {
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
        costs[phrase] = line[0];
        for (intptr_t at = 1; at <= heard; at++)
            if (line[at] < costs[phrase]) costs[phrase] = line[at];
    }
    return 0;
}
