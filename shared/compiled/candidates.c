/* Which of a catalogue's names are worth aligning with a sentence: names/gazetteer.py says how they
   are filed. */
#include "lexicon.h"

static void mark(uint64_t *marked, intptr_t number) { marked[number / 64] |= 1ull << number % 64; }

/* The marked numbers below `end`, ascending; how many there are. */
static intptr_t unmark(uint64_t *marked, intptr_t end, intptr_t *numbers) {
    intptr_t count = 0;
    for (intptr_t word = 0; word <= end / 64; word++)
        for (; marked[word]; marked[word] &= marked[word] - 1)
            numbers[count++] = word * 64 + __builtin_ctzll(marked[word]);
    return count;
}

static float telling_sum(const Heard *heard, const int16_t *telling) {
    float sum = heard->best[telling[0]];
    for (int i = 1; i < TELLING; i++) sum += heard->best[telling[i]];
    return sum;
}

/* The pairs of syllable classes that were heard, one at several places several times; how many.
   The best score of each stands in `pair_best` until it is forgotten. */
static intptr_t hear_pairs(const Pass *pass, intptr_t *heard) {
    const Lexicon *lexicon = pass->lexicon;
    const Sentence *sentence = pass->sentence;
    intptr_t wide = sentence->likely_count, count = 0;
    float low = (float)lexicon->low;
    for (intptr_t at = 0; at + 1 < sentence->heard; at++) {
        const Sound *one = sentence->sounds + at, *next = one + 1;
        for (intptr_t i = 0; i < wide; i++) {
            intptr_t former = one->classes[i] * lexicon->classes;
            for (intptr_t j = 0; j < wide; j++) {
                float score = one->scores[i] + next->scores[j];
                if (score <= low) break; /* the likeliest come first */
                intptr_t both = former + next->classes[j];
                const Pairs *pairs = lexicon->pairs_known + both / 64;
                uint64_t bit = 1ull << both % 64;
                if (!(pairs->known & bit)) continue;
                intptr_t pair = pairs->before + __builtin_popcountll(pairs->known & (bit - 1));
                lexicon->pair_best[pair] = larger(lexicon->pair_best[pair], score);
                heard[count++] = pair;
            }
        }
    }
    return count;
}

static intptr_t members_of(const Entries *entries, const intptr_t *keys, intptr_t count) {
    intptr_t size = 0;
    for (intptr_t i = 0; i < count; i++)
        size += entries->first[keys[i] + 1] - entries->first[keys[i]];
    return size;
}

enum { MANY = 4096 }; /* entries from which it pays to begin with the best pairs */

typedef struct {
    float best;
    intptr_t number;
} Pair;

static int by_best(const void *one, const void *other) {
    float a = ((const Pair *)one)->best, b = ((const Pair *)other)->best;
    return (a < b) - (a > b);
}

/* The best of the `heard` pairs, and their `numbers`; how many. */
static intptr_t best_pairs(const Lexicon *lexicon, const intptr_t *heard, intptr_t count,
                           float *scores, Pair *pairs, intptr_t *numbers) {
    for (intptr_t i = 0; i < count; i++) scores[i] = lexicon->pair_best[heard[i]];
    float least = threshold(scores, scores + count, count, lexicon->pairs_looked_at);
    for (intptr_t i = 0; i < count; i++)
        if (scores[i] >= least) mark(lexicon->marked, heard[i]);
    intptr_t kept = unmark(lexicon->marked, lexicon->pairs, numbers);
    for (intptr_t i = 0; i < kept; i++)
        pairs[i] = (Pair){lexicon->pair_best[numbers[i]], numbers[i]};
    return kept;
}

typedef struct {
    float *scores, *spare; /* of each of a name's pairs that was heard well */
    intptr_t *names, count, checked;
    float least; /* of the entered so far, that of the last one to be kept */
} Entered;

/* The names of which a pair is the best one that was heard: those that are filed under several
   pairs are entered with the best, as often as they would be found. */
static void enter(const Pass *pass, const Pair *pair, float chosen, Entered *to) {
    const Lexicon *lexicon = pass->lexicon;
    const Entry *begin = lexicon->filed.all + lexicon->filed.first[pair->number];
    const Entry *end = lexicon->filed.all + lexicon->filed.first[pair->number + 1];
    for (const Entry *entry = begin; entry < end; entry++) {
        intptr_t several = 0, first = -1;
        if (entry > begin && entry[-1].name == entry->name) continue;
        for (int j = 0; j < PAIRS_OF_A_NAME; j++) {
            float best = lexicon->pair_best[entry->pairs[j]];
            several += best >= chosen;
            if (best == pair->best && first < 0) first = entry->pairs[j];
            if (best > pair->best) first = lexicon->pairs; /* entered with that one */
        }
        if (first != pair->number) continue;
        float score = pair->best + (float)lexicon->anywhere * telling_sum(&pass->heard, entry->telling);
        for (; several > 0; several--, to->count++)
            to->names[to->count] = entry->name, to->scores[to->count] = score;
    }
}

enum { AHEAD = 8 };

/* Names that lie anywhere in memory are asked for some before they are read. */
static void fetch(const Lexicon *lexicon, const Pair *pair) {
    __builtin_prefetch(lexicon->filed.all + lexicon->filed.first[pair->number]);
}

/* Mark the names that are filed under the best of the `heard` pairs and were heard best
   themselves; one under two pairs counts twice. 0, or -1 without memory. */
static int mark_found(const Pass *pass, const intptr_t *heard, intptr_t count) {
    const Lexicon *lexicon = pass->lexicon;
    int done = -1;
    Entered found = {.least = -INFINITY};
    float *scores = malloc((2 * count + 1) * sizeof *scores), least = INFINITY;
    intptr_t *numbers = malloc((count + 1) * sizeof *numbers), size = 0, kept = 0;
    Pair *pairs = malloc((count + 1) * sizeof *pairs);
    if (!scores || !numbers || !pairs) goto end;
    kept = best_pairs(lexicon, heard, count, scores, pairs, numbers);
    size = members_of(&lexicon->filed, numbers, kept);
    found.scores = malloc((2 * size + 1) * sizeof *found.scores);
    found.names = malloc((size + 1) * sizeof *found.names);
    if (!found.scores || !found.names) goto end;
    found.spare = found.scores + size;
    float most = most_of(pass->heard.best, lexicon->known + 1) * TELLING * (float)lexicon->anywhere;
    for (intptr_t i = 0; i < kept; i++) least = pairs[i].best < least ? pairs[i].best : least;
    if (size > MANY) qsort(pairs, kept, sizeof *pairs, by_best);
    for (intptr_t i = 0; i < kept; i++) {
        if (i + AHEAD < kept) fetch(lexicon, pairs + i + AHEAD);
        if (pairs[i].best + most < found.least) continue; /* none of its names can be kept */
        enter(pass, pairs + i, least, &found);
        if (found.count < 2 * found.checked + lexicon->candidates) continue;
        found.least = threshold(found.scores, found.spare, found.count, lexicon->candidates);
        found.checked = found.count;
    }
    found.least = threshold(found.scores, found.spare, found.count, lexicon->candidates);
    for (intptr_t i = 0; i < found.count; i++)
        if (found.scores[i] >= found.least) mark(lexicon->marked, found.names[i]);
    done = 0;
end:
    free(scores), free(numbers), free(pairs), free(found.scores), free(found.names);
    return done;
}

/* Mark, of the names that are borne in the likeliest places, those that were heard best. */
static int mark_near(const Pass *pass, const float *place) {
    const Lexicon *lexicon = pass->lexicon;
    const Entries *named = &lexicon->named_in;
    intptr_t near[MOST_LIKELY], size = 0;
    float spare[MOST_DISTRICTS];
    intptr_t count = highest(place, spare, lexicon->districts, lexicon->close, near);
    intptr_t every = members_of(named, near, count);
    float *scores = malloc((2 * every + 1) * sizeof *scores);
    intptr_t *names = malloc((2 * every + 1) * sizeof *names), *kept = names + every;
    int done = scores && names ? 0 : -1;
    if (done == 0) {
        for (intptr_t i = 0; i < count; i++)
            for (intptr_t k = named->first[near[i]]; k < named->first[near[i] + 1]; k++, size++) {
                names[size] = named->all[k].name;
                scores[size] = telling_sum(&pass->heard, named->all[k].telling);
            }
        count = highest(scores, scores + size, size, lexicon->close_names, kept);
        for (intptr_t i = 0; i < count; i++) mark(lexicon->marked, names[kept[i]]);
    }
    free(scores), free(names);
    return done;
}

int find_candidates(const Pass *pass, const float *place, Found *found) {
    const Lexicon *lexicon = pass->lexicon;
    const Sentence *sentence = pass->sentence;
    intptr_t pairs = sentence->heard < 2 ? 0 : sentence->heard - 1;
    intptr_t most = pairs * sentence->likely_count * sentence->likely_count;
    intptr_t *heard = malloc((most + 1) * sizeof *heard);
    if (!heard) return -1;
    intptr_t count = pairs ? hear_pairs(pass, heard) : 0;
    int done = mark_found(pass, heard, count);
    for (intptr_t i = 0; i < count; i++) lexicon->pair_best[heard[i]] = (float)lexicon->low;
    free(heard);
    if (done == 0) done = mark_near(pass, place);
    for (intptr_t i = 0; i < sentence->written_count; i++) mark(lexicon->marked, sentence->written[i]);
    for (intptr_t i = 0; i < sentence->offered_count; i++) mark(lexicon->marked, sentence->offered[i]);
    found->name_count = unmark(lexicon->marked, lexicon->names, found->names);
    return done;
}
