/* Which of its labels a text bears: nlu/model.py says of what.

   A feature is a mark and one to four items in a row (characters, syllables or words), as
   nlu/features.py writes its name: its key is a hash of these letters. Of all features that were
   fitted no two have one key, which `enter` sees to; that another one has one of theirs is as likely
   as that a disk forgets a bit. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { MOST_LABELS = 256, USUAL_SLOTS = 256 };

typedef struct {
    uint64_t key; /* of a feature; 0 where none is */
    int64_t row;
} Slot;

typedef struct {
    const Slot *table;     /* (slots,) */
    const int8_t *weights; /* (features, labels), in units of `scale` */
    const float *bias;     /* (labels,) */
    intptr_t slots, labels; /* slots: a power of two, more than half of them free */
    double scale;
} Classifier;

static uint64_t with_letter(uint64_t key, uint32_t letter) {
    key = (key ^ letter) * 0x9e3779b97f4a7c15u;
    return key ^ key >> 32;
}

/* Where `key` stands, or would stand. */
static intptr_t place_of(const Slot *table, intptr_t slots, uint64_t key) {
    intptr_t at = (intptr_t)(key & (uint64_t)(slots - 1));
    while (table[at].key && table[at].key != key) at = (at + 1) & (slots - 1);
    return at;
}

/* Enter features by their names, a line each; -1 where two have one key, else 0. */
int enter(Slot *table, intptr_t slots, const uint32_t *names, intptr_t length) {
    int64_t row = 0;
    uint64_t key = 1;
    for (intptr_t i = 0; i <= length; i++) {
        if (i < length && names[i] != '\n') {
            key = with_letter(key, names[i]);
            continue;
        }
        intptr_t at = place_of(table, slots, key);
        if (table[at].key || !key) return -1;
        table[at] = (Slot){key, row++};
        key = 1;
    }
    return 0;
}

typedef struct {
    Slot *met; /* keys of the features so far, and whether each is a pair of items */
    intptr_t slots;
    int32_t sums[MOST_LABELS];
    int all, known, pairs, known_pairs;
} Sums;

/* Note a feature once, and ask for its slot: it comes from far while the others are noted. */
static void note(const Classifier *from, uint64_t key, int pair, Sums *to) {
    intptr_t at = place_of(to->met, to->slots, key);
    if (to->met[at].key || !key) return;
    to->met[at] = (Slot){key, pair};
    __builtin_prefetch(from->table + (key & (uint64_t)(from->slots - 1)));
}

/* The rows of what was noted, asked for in turn, and then their sums. */
static void add_all(const Classifier *from, Sums *to) {
    intptr_t known = 0;
    for (intptr_t i = 0; i < to->slots; i++) {
        if (!to->met[i].key) continue;
        int pair = (int)to->met[i].row;
        to->all++, to->pairs += pair;
        intptr_t at = place_of(from->table, from->slots, to->met[i].key);
        if (!from->table[at].key) continue;
        to->known_pairs += pair;
        int64_t first = from->table[at].row * from->labels;
        __builtin_prefetch(from->weights + first);
        __builtin_prefetch(from->weights + first + from->labels - 1);
        to->met[known++].row = first; /* what stood there was looked at before */
    }
    to->known = (int)known;
    for (intptr_t i = 0; i < known; i++) {
        const int8_t *weights = from->weights + to->met[i].row;
        for (intptr_t label = 0; label < from->labels; label++) to->sums[label] += weights[label];
    }
}

/* The features of one run: its mark, how many items one has at most (a digit), then its items, each
   with a line's end behind it. What lies behind the run. */
static const uint32_t *add_run(const Classifier *from, const uint32_t *run, const uint32_t *end,
                               Sums *to) {
    uint64_t mark = with_letter(1, *run++);
    uint32_t longest = *run++ - '0', kind = run[-2];
    for (run++; run < end && *run != '\n';) {
        uint64_t key = mark;
        const uint32_t *item = run, *next = NULL;
        for (uint32_t items = 1; items <= longest && item < end && *item != '\n'; items++) {
            for (; item < end && *item != '\n'; item++) key = with_letter(key, *item);
            item++;
            next = next ? next : item;
            note(from, key, items == 2 && kind != 's', to);
        }
        run = next;
    }
    return run + 1;
}

/* `told`: how likely each label is, then which part of all features is known, then which of the
   pairs of characters or words, 0 of fewer than four; `text`: runs, each with one line's end more
   behind it. -1 where there is no room, else 0. */
int classify(const Classifier *from, const uint32_t *text, intptr_t length, double *told) {
    Slot usual[USUAL_SLOTS] = {{0}};
    Sums sums = {.met = usual, .slots = USUAL_SLOTS};
    intptr_t features = 0; /* at most: with an item begin up to four */
    for (intptr_t i = 0; i < length; i++) features += text[i] == '\n' ? 4 : 0;
    while (sums.slots < 2 * features) sums.slots *= 2;
    if (sums.slots > USUAL_SLOTS && !(sums.met = calloc((size_t)sums.slots, sizeof *usual)))
        return -1;
    for (const uint32_t *run = text, *end = text + length; run < end;)
        run = add_run(from, run, end, &sums);
    add_all(from, &sums);
    if (sums.met != usual) free(sums.met);
    double unit = sums.known ? from->scale / sqrt(sums.known) : 0;
    for (intptr_t label = 0; label < from->labels; label++)
        told[label] = 1 / (1 + exp(-(unit * sums.sums[label] + from->bias[label])));
    told[from->labels] = sums.all ? (double)sums.known / sums.all : 0;
    told[from->labels + 1] = sums.pairs > 3 ? (double)sums.known_pairs / sums.pairs : 0;
    return 0;
}
