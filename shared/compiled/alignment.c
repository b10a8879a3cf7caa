/* One name where it was heard best: names/similarity.py says what for. */
#include "patterns.h"

typedef struct {
    double whole;             /* its evidence, as a share of what the very sounds would give */
    double told[SOUNDS]; /* of each of its sounds, the evidence of what was heard for it */
    intptr_t number;
    int32_t places[SOUNDS]; /* where each was heard; -1: nowhere */
    int32_t start, end;          /* its first heard sound, and one behind its last */
} Alignment;

typedef struct {
    double evidence[SOUNDS][MOST_PLACES], lines[SOUNDS + 1][MOST_PLACES];
} Grid;

/* The best evidence of a pattern that ends at each place, line by line of its sounds. */
static void fill(Grid *grid, const Pattern *pattern, const Sound *heard, intptr_t count,
                 double tone, double extra, int back) {
    for (intptr_t at = 0; at <= count; at++) grid->lines[0][at] = 0;
    for (int k = 0; k < pattern->length; k++) {
        double *before = grid->lines[k], *line = grid->lines[k + 1], gap = pattern->gaps[k];
        line[0] = before[0] + gap;
        for (intptr_t at = 0; at < count; at++) {
            const Sound *one = heard + (back ? count - 1 - at : at);
            double told = (double)one->row[pattern->sounds[k]] + tone;
            double best = line[at] + extra, missed = before[at + 1] + gap, met = before[at] + told;
            if (missed > best) best = missed;
            if (met > best) best = met;
            grid->evidence[k][at] = told;
            line[at + 1] = best;
        }
    }
}

/* Where each sound was heard, and the evidence there; of ways that are alike stray sounds first. */
static void trace(const Grid *grid, intptr_t length, intptr_t count, intptr_t column, double extra,
                  int back, Alignment *to) {
    to->start = to->end = back ? (int32_t)count : 0;
    for (intptr_t k = length - 1; k >= 0; k--) {
        const double *before = grid->lines[k], *line = grid->lines[k + 1];
        to->places[k] = -1;
        while (column && line[column] == line[column - 1] + extra) column--;
        if (!column || line[column] != before[column - 1] + grid->evidence[k][column - 1]) continue;
        column--;
        int32_t at = (int32_t)(back ? count - 1 - column : column);
        to->places[k] = at;
        to->told[k] = grid->evidence[k][column];
        if (to->start == to->end) to->start = at, to->end = at + 1;
        if (at < to->start) to->start = at;
        if (at >= to->end) to->end = at + 1;
    }
}

/* Of several patterns the one that lies nearest in `heard`, wherever, each of whose sounds counts
   `tone` more; `full`: the evidence of each known sound where it was heard as itself. */
void align(const Pattern *patterns, const intptr_t *numbers, intptr_t several, const Sound *heard,
           intptr_t count, const float *full, double tone, double extra, int back, Alignment *to) {
    Grid grid;
    for (intptr_t i = 0; i < several; i++) {
        const Pattern *pattern = patterns + numbers[i];
        intptr_t length = pattern->length, column = 0;
        double most = 0;
        fill(&grid, pattern, heard, count, tone, extra, back);
        const double *last = grid.lines[length];
        for (intptr_t at = 1; at <= count; at++)
            if (last[at] > last[column]) column = at;
        for (intptr_t k = 0; k < length; k++) most += full[pattern->sounds[k]];
        if (i && last[column] / most <= to->whole) continue;
        to->whole = last[column] / most;
        to->number = numbers[i];
        trace(&grid, length, count, column, extra, back, to);
    }
}
