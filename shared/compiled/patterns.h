/* What was heard, and patterns of sounds that are followed through it.

   A *place* lies before, between or behind the heard sounds: heard + 1 of them. What is known by
   place is a line of floats, filled up to whole groups of LANES, which the compiler takes at once.
   Every number is added in the order of the formulas, as IEEE floats: no compiler may change that. */
#pragma once
#include <stdint.h>
#include <stdlib.h>

#define LANES 4
#define MOST_PLACES 48 /* transcript.LONGEST + 1, in whole groups, and one group behind it */
#define NEVER (-1e4f)

enum { SOUNDS = 9 }; /* of a pattern, at most */

/* One line of the processor's cache: hundreds are read an utterance, scattered among thousands. */
typedef struct {
    float gaps[SOUNDS];     /* the cost of each not being heard */
    int16_t sounds[SOUNDS]; /* numbers of sounds */
    int16_t length;
    float prior;   /* logarithm: how much rarer it is than others */
    int32_t owner; /* what is called so; of a name its first posting */
} Pattern;

typedef struct {
    const Pattern *all;
    intptr_t count;
} Patterns;

typedef struct {
    const float *row;       /* (known + 1,): its evidence for each known sound, the silent one last */
    const int32_t *classes; /* its likeliest classes */
    const float *scores;    /* the evidence of each */
} Sound;

typedef struct {
    float *evidence; /* (known + 1, 1 + width + 1): of each sound at each heard one, from 1 on; the
                        silent one last */
    float *best;     /* (known + 1,): of each, wherever; 0 of the silent one */
    int heard, places, width;
} Heard;

static inline float larger(float a, float b) { return a > b ? a : b; }

/* Lines of `count` places need so many floats. */
static inline int width_of(int count) { return (count + LANES - 1) / LANES * LANES; }

/* The best sum of two lines; beyond the last place `b` is NEVER. */
static inline float best_sum(const float *restrict a, const float *restrict b, int width) {
    float lanes[LANES], best = 2 * NEVER;
    for (int i = 0; i < LANES; i++) lanes[i] = best;
    for (int at = 0; at < width; at += LANES)
        for (int i = 0; i < LANES; i++) lanes[i] = larger(lanes[i], a[at + i] + b[at + i]);
    for (int i = 0; i < LANES; i++) best = larger(best, lanes[i]);
    return best;
}

/* Patterns are followed some at a time: a step of one is read again, a place further on, only when
   the processor has long stored it. */
#define ABREAST 8

typedef struct {
    float line[ABREAST][MOST_PLACES]; /* by pattern, by place */
} Lines;

/* `count` patterns followed from the front. `lines`: what stands before each, by the place where it
   begins; becomes the best evidence of all that, by the place where the pattern ends. Each of its
   sounds was heard, or is missing (its gap), and behind it is at most one stray sound (`extra`).

   `back`: patterns that are laid out backwards, from the end. `lines`: what stands behind, by the
   place where that begins, NEVER beyond the last; becomes the same of the pattern with it. */
static inline __attribute__((always_inline)) void follow(
    const Pattern *patterns, const intptr_t *numbers, int count, const Heard *heard, float extra,
    Lines *lines, int back) {
    int width = heard->width, longest = 0;
    float was[ABREAST][MOST_PLACES + 2], now[ABREAST][MOST_PLACES + 2]; /* from 1; NEVER around */
    for (int p = 0; p < count; p++) {
        int length = patterns[numbers[p]].length;
        longest = length > longest ? length : longest;
        was[p][0] = now[p][0] = was[p][width + 1] = now[p][width + 1] = 2 * NEVER;
        for (int at = 0; at < width; at++) was[p][1 + at] = lines->line[p][at];
    }
    for (int k = 0; k < longest; k++) {
        for (int p = 0; p < count; p++) {
            const Pattern *pattern = patterns + numbers[p];
            if (k >= pattern->length) continue;
            const float *evidence = heard->evidence + 1 + pattern->sounds[k] * (width + 2) - !back;
            const float *here = was[p] + 1, *beside = here + (back ? 1 : -1);
            float gap = pattern->gaps[k], *out = now[p] + 1;
            for (int at = 0; at < width; at++)
                out[at] = larger(here[at] + gap, beside[at] + evidence[at]);
        }
        for (int p = 0; p < count; p++) {
            if (k >= patterns[numbers[p]].length) continue;
            const float *here = now[p] + 1, *beside = here + (back ? 1 : -1);
            float *out = was[p] + 1;
            for (int at = 0; at < width; at++) out[at] = larger(here[at], beside[at] + extra);
        }
    }
    for (int p = 0; p < count; p++)
        for (int at = 0; at < width; at++) lines->line[p][at] = was[p][1 + at];
}
