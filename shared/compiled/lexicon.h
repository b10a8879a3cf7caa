/* What is known of one catalogue's names, one sentence, and what it may mean. */
#pragma once
#include <math.h>
#include <string.h>

#include "patterns.h"

enum { TELLING = 4, PAIRS_OF_A_NAME = 3, MOST_LIKELY = 64, MOST_DISTRICTS = 512 };

/* A name where it is filed: under a pair of syllables, or in a district. */
typedef struct {
    int32_t name, pairs[PAIRS_OF_A_NAME]; /* all that it is filed under */
    int16_t telling[TELLING];             /* numbers of sounds */
} Entry;

typedef struct {
    const int32_t *first; /* those of key k: all[first[k]] to all[first[k + 1]] */
    const Entry *all;
} Entries;

/* A name in a district. */
typedef struct {
    int32_t district;
    float log_size, size; /* how many pharmacies bear it there */
} Posting;

/* Of 64 pairs of classes those that any name is filed under: pairs are numbered in that order. */
typedef struct {
    uint64_t known;
    int64_t before; /* how many pairs come before them */
} Pairs;

/* What is known beforehand; the numbers are those of `NameIndex` and `Names`. */
typedef struct {
    intptr_t known, counties, districts, places, names, pairs, classes, possessive;
    Patterns county_forms, place_forms, spoken; /* `spoken`: the names and then 藥局 and its like */
    const int16_t *place_heads; /* (place_forms, 3): the first sounds of each */
    const int32_t *county_of, *district_of; /* (places,): of a landmark those that it lies in */
    const Pairs *pairs_known;
    Entries filed, named_in;
    const Posting *postings; /* ordered by name */
    const float *place_share;
    const uint8_t *roads; /* (names,): whether each is a road's */
    /* Of one sentence at a time; between two of them all is as it was. */
    float *pair_best; /* (pairs + 2,): `low` */
    uint64_t *marked; /* a bit for each name or pair: 0 */
    /* Logarithms, and numbers of candidates. */
    double extra, stray, between, county_said, county_unsaid, district_said, with_county, worth, low, anywhere,
        verbatim, offered, unlisted, temper, of_nothing, of_county, of_unlisted, of_name, of_posting;
    intptr_t forms, pairs_looked_at, candidates, close, close_names, likely;
} Lexicon;

typedef struct {
    const Sound *sounds;         /* (heard,) */
    const float *front, *tail;   /* (heard + 1,) */
    const float *place_prior;    /* (places,) */
    const intptr_t *written, *offered; /* names, ascending */
    double around;               /* everyday words and no name */
    intptr_t heard, likely_count, written_count, offered_count;
} Sentence;

enum { PHARMACIES, ROADS, DISTRICTS, LANDMARKS, COUNTIES, KINDS };
enum { TOLD = 3, LIKELIEST = 6, BEST = TOLD + LIKELIEST };

/* What comes out. `floats`: log-likelihood ratios of places, counties, 藥局 and names; the
   probability of each reading: places, districts by an unlisted name, counties, 1 of nothing,
   names, postings; sums of it: of each district and of each name, by kind, of unlisted names; and
   of each kind the highest log-likelihood ratios and the highest shares. `best`: whose they are;
   -1 where there are no more. There is room for every name and posting of the lexicon. */
typedef struct {
    float *floats;
    intptr_t *best, *names, *postings, *beside; /* `best`: (KINDS, BEST) */
    intptr_t name_count, posting_count;
} Found;

typedef struct {
    const Lexicon *lexicon;
    const Sentence *sentence;
    Heard heard;
    float front[MOST_PLACES], tail[MOST_PLACES], *in_county, *in_form;
    intptr_t *forms, form_count; /* the owner of each form */
} Pass;

/* candidates.c: the names worth aligning, ascending, found by their sound, near a likely place, or
   hinted at. `place`: the evidence of each. 0, or -1 without memory. */
int find_candidates(const Pass *pass, const float *place, Found *found);

/* The highest of at least one number. */
static inline float most_of(const float *scores, intptr_t size) {
    float most = scores[0];
    for (intptr_t at = 1; at < size; at++) most = larger(most, scores[at]);
    return most;
}

/* The `count`-th highest of `scores`, which are put into another order: those above a pivot and
   those equal to it are brought to the front, without a branch that the processor must guess. */
static inline float nth_highest(float *scores, intptr_t size, intptr_t count) {
    for (;;) {
        float pivot = scores[size / 2];
        intptr_t above = 0, alike = 0;
        for (intptr_t i = 0; i < size; i++) {
            float score = scores[i];
            scores[i] = scores[above], scores[above] = score;
            above += score > pivot;
        }
        if (above >= count) {
            size = above;
            continue;
        }
        scores += above, size -= above, count -= above;
        for (intptr_t i = 0; i < size; i++) {
            float score = scores[i];
            scores[i] = scores[alike], scores[alike] = score;
            alike += score == pivot;
        }
        if (alike >= count) return pivot;
        scores += alike, size -= alike, count -= alike;
    }
}

/* The same, of scores that stay as they are; what nothing is below where there are no more. */
static inline float threshold(const float *scores, float *spare, intptr_t size, intptr_t count) {
    if (size <= count) return -INFINITY;
    memcpy(spare, scores, size * sizeof *scores);
    return nth_highest(spare, size, count);
}

/* The numbers of the `count` highest; of equal ones the first. */
static inline intptr_t highest(
    const float *scores, float *spare, intptr_t size, intptr_t count, intptr_t *numbers) {
    float least = threshold(scores, spare, size, count);
    intptr_t found = 0;
    for (intptr_t i = 0; i < size; i++)
        if (scores[i] > least) numbers[found++] = i;
    for (intptr_t i = 0; i < size && found < count; i++)
        if (scores[i] == least) numbers[found++] = i;
    return found;
}
