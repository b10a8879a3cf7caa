/* Everything that a sentence may mean, weighed in one pass: names/likelihood.py says what and why. */
#include <math.h>
#include <string.h>

#include "patterns.h"

typedef struct {
    const intptr_t *first, *members; /* those of key k: members[first[k]] to members[first[k + 1]] */
} Groups;

/* What is known beforehand, of one catalogue; the names are those of `NameIndex` and `Names`. */
typedef struct {
    intptr_t known, counties, districts, places, names, pairs, classes, possessive;
    Patterns county_forms, place_forms, spoken; /* `spoken`: the names and then 藥局 and its like */
    const float *county_priors, *place_priors;
    const intptr_t *county_owners, *place_owners, *county_of;
    const int16_t *filed_telling, *near_telling; /* (…, TELLING), as `filed` and `named_in` list them */
    const int32_t *pair_number; /* (classes, classes) */
    const uint8_t *pair_known;   /* a bit for each of them, whether any name has it: one in eight */
    const int32_t *filed_pairs;  /* (…, PAIRS_OF_A_NAME): all pairs of each, as `filed` lists them */
    Groups filed, borne, named_in;
    const intptr_t *posting_district;
    const float *posting_log_size, *name_prior, *place_share;
    const uint8_t *roads; /* (names,): whether each is a road's */
    /* Of one sentence at a time; between two of them all is as it was. */
    float *pair_best; /* (pairs + 2,): `low` */
    uint64_t *marked; /* a bit for each name or pair: 0 */
    /* Logarithms, and numbers of candidates. */
    double extra, stray, between, county_said, county_unsaid, with_county, worth, low, anywhere,
        verbatim, offered, unlisted, temper, of_nothing, of_county, of_unlisted, of_name, of_posting;
    intptr_t forms, pairs_looked_at, candidates, close, close_names, likely;
} Lexicon;

#define LEAST_SHARE (-30.0f) /* a logarithm; what is less likely than that is never meant */

enum { TELLING = 4, PAIRS_OF_A_NAME = 3, MOST_LIKELY = 64, MOST_DISTRICTS = 512 };

typedef struct {
    const Sound *sounds;         /* (heard,) */
    const float *front, *tail;   /* (heard + 1,) */
    const float *place_prior;    /* (places,) */
    const intptr_t *written, *offered; /* names, ascending */
    double around;               /* everyday words and no name */
    intptr_t heard, likely_count, written_count, offered_count;
} Sentence;

/* What comes out. `floats`: log-likelihood ratios of places, counties, 藥局 and names, and then the
   probability of each reading: places, districts, counties, 1 of nothing, names, postings. `sums`:
   of what is one to a caller: pharmacies, roads, districts, landmarks, counties, each district (as
   a place, by an unlisted name, by its postings), each name (alone and by its postings). */
typedef struct {
    float *floats;
    double *sums;
    intptr_t *names, *postings, *beside;
    intptr_t most_names, most_postings, name_count, posting_count;
} Found;

enum { PHARMACIES, ROADS, DISTRICTS, LANDMARKS, COUNTIES, KINDS };

typedef struct {
    const Lexicon *lexicon;
    const Sentence *sentence;
    Heard heard;
    float front[MOST_PLACES], tail[MOST_PLACES], *in_county, *in_form;
    intptr_t *forms, form_count; /* the owner of each form */
} Pass;

/* ------------------------------------------------------------- of some scores the highest */

/* The `count`-th highest of `scores`, which are put into another order. */
static float nth_highest(float *scores, intptr_t size, intptr_t count) {
    intptr_t low = 0, high = size - 1, at = count - 1;
    while (low < high) {
        float pivot = scores[(low + high) / 2];
        intptr_t left = low, right = high;
        while (left <= right) {
            while (scores[left] > pivot) left++;
            while (scores[right] < pivot) right--;
            if (left <= right) {
                float kept = scores[left];
                scores[left++] = scores[right];
                scores[right--] = kept;
            }
        }
        if (at <= right) high = right;
        else if (at >= left) low = left;
        else break;
    }
    return scores[at];
}

/* The same, of scores that stay as they are; what nothing is below where there are no more. */
static float threshold(const float *scores, float *spare, intptr_t size, intptr_t count) {
    if (size <= count) return -INFINITY;
    memcpy(spare, scores, size * sizeof *scores);
    return nth_highest(spare, size, count);
}

/* The numbers of the `count` highest; of equal ones the first. */
static intptr_t highest(
    const float *scores, float *spare, intptr_t size, intptr_t count, intptr_t *numbers) {
    float least = threshold(scores, spare, size, count);
    intptr_t found = 0;
    for (intptr_t i = 0; i < size; i++)
        if (scores[i] > least) numbers[found++] = i;
    for (intptr_t i = 0; i < size && found < count; i++)
        if (scores[i] == least) numbers[found++] = i;
    return found;
}

static void mark(uint64_t *marked, intptr_t number) { marked[number / 64] |= 1ull << number % 64; }

/* The marked numbers below `end`, ascending, at most `most` of them; how many there are. */
static intptr_t unmark(uint64_t *marked, intptr_t end, intptr_t *numbers, intptr_t most) {
    intptr_t count = 0;
    for (intptr_t word = 0; word <= end / 64; word++)
        for (; marked[word]; marked[word] &= marked[word] - 1)
            if (count++ < most) numbers[count - 1] = word * 64 + __builtin_ctzll(marked[word]);
    return count;
}

/* ------------------------------------------------------------- what was heard */

static void lay_out(Pass *pass, float *space) {
    const Sentence *sentence = pass->sentence;
    intptr_t sounds = pass->lexicon->known + 1, count = sentence->heard;
    Heard *heard = &pass->heard;
    heard->heard = (int)count;
    heard->places = (int)count + 1;
    heard->width = width_of(heard->places);
    heard->evidence = space;
    heard->best = space + sounds * (heard->width + 2);
    for (intptr_t sound = 0; sound < sounds; sound++) {
        float best = sentence->sounds[0].row[sound], *line = heard->evidence + sound * (heard->width + 2) + 1;
        line[-1] = NEVER;
        for (intptr_t at = 0; at < count; at++) {
            line[at] = sentence->sounds[at].row[sound];
            best = larger(best, line[at]);
        }
        for (intptr_t at = count; at <= heard->width; at++) line[at] = NEVER;
        heard->best[sound] = best;
    }
    heard->best[sounds - 1] = 0;
    for (int at = 0; at < heard->width; at++) {
        int inside = at < heard->places;
        pass->front[at] = inside ? sentence->front[at] : NEVER;
        pass->tail[at] = inside ? sentence->tail[count - at] : NEVER;
    }
}

/* ------------------------------------------------------------- counties and places */

/* Each county, by the place where it ends; and what may stand before a place in it (`start`). */
static void hear_counties(Pass *pass, float *start) {
    const Lexicon *lexicon = pass->lexicon;
    int width = pass->heard.width;
    float said = (float)lexicon->county_said, unsaid = (float)lexicon->county_unsaid;
    float stray = (float)lexicon->stray, line[MOST_PLACES];
    Lines lines;
    for (intptr_t i = 0; i < lexicon->counties * width; i++) pass->in_county[i] = 2 * NEVER;
    for (intptr_t first = 0; first < lexicon->county_forms.count; first += ABREAST) {
        intptr_t forms[ABREAST];
        int count = 0;
        for (intptr_t form = first; form < lexicon->county_forms.count && count < ABREAST; form++) {
            memcpy(lines.line[count], pass->front, sizeof pass->front);
            forms[count++] = form;
        }
        follow(&lexicon->county_forms, forms, count, &pass->heard, (float)lexicon->extra, &lines, 0);
        for (int i = 0; i < count; i++) {
            float *best = pass->in_county + lexicon->county_owners[forms[i]] * width;
            for (int at = 0; at < width; at++)
                best[at] = larger(best[at], lines.line[i][at] + lexicon->county_priors[forms[i]]);
        }
    }
    for (intptr_t county = 0; county < lexicon->counties; county++) {
        const float *here = pass->in_county + county * width;
        float *begun = start + county * width;
        for (int at = 0; at < width; at++)
            line[at] = larger(pass->front[at] + unsaid, here[at] + said);
        begun[0] = line[0];
        for (int at = 1; at < width; at++) begun[at] = larger(line[at], line[at - 1] + stray);
    }
}

/* The forms of places whose first sounds were heard best, by the place where each ends. */
static void hear_places(Pass *pass, const float *start, float *scores) {
    const Lexicon *lexicon = pass->lexicon;
    const Patterns *forms = &lexicon->place_forms;
    const float *best = pass->heard.best;
    int width = pass->heard.width;
    for (intptr_t form = 0; form < forms->count; form++) {
        const int16_t *sounds = forms->sounds + form * forms->longest;
        scores[form] = best[sounds[0]] + best[sounds[1]] + best[sounds[2]];
    }
    float least = threshold(scores, scores + forms->count, forms->count, lexicon->forms);
    pass->form_count = 0;
    for (intptr_t form = 0; form < forms->count; form++)
        if (scores[form] >= least) pass->forms[pass->form_count++] = form;
    for (intptr_t first = 0; first < pass->form_count; first += ABREAST) {
        intptr_t *chosen = pass->forms + first;
        int count = pass->form_count - first < ABREAST ? (int)(pass->form_count - first) : ABREAST;
        Lines lines;
        for (int i = 0; i < count; i++) {
            intptr_t county = lexicon->county_of[lexicon->place_owners[chosen[i]]];
            memcpy(lines.line[i], start + county * width, width * sizeof *start);
        }
        follow(forms, chosen, count, &pass->heard, (float)lexicon->extra, &lines, 0);
        for (int i = 0; i < count; i++) {
            intptr_t owner = lexicon->place_owners[chosen[i]];
            float prior = lexicon->place_priors[chosen[i]] + pass->sentence->place_prior[owner];
            float *line = pass->in_form + (first + i) * width;
            for (int at = 0; at < width; at++) line[at] = lines.line[i][at] + prior;
            chosen[i] = owner;
        }
    }
}

/* Each county and each place with the best of what stands `behind` it, and each district by itself
   or by its county alone. */
static void meet(const Pass *pass, const float *behind, float *county, float *place, float *whole) {
    const Lexicon *lexicon = pass->lexicon;
    int width = pass->heard.width;
    for (intptr_t i = 0; i < lexicon->counties; i++)
        county[i] = best_sum(pass->in_county + i * width, behind, width);
    for (intptr_t i = 0; i < lexicon->places; i++) place[i] = NEVER;
    for (intptr_t i = 0; i < pass->form_count; i++) {
        float *best = place + pass->forms[i];
        *best = larger(*best, best_sum(pass->in_form + i * width, behind, width));
    }
    for (intptr_t i = 0; i < lexicon->districts; i++)
        whole[i] = larger(place[i], county[lexicon->county_of[i]] + (float)lexicon->with_county);
}

/* ------------------------------------------------------------- candidate names */

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
        for (intptr_t i = 0; i < wide * wide; i++) {
            intptr_t former = one->classes[i / wide], latter = next->classes[i % wide];
            intptr_t both = former * lexicon->classes + latter;
            float score = one->scores[i / wide] + next->scores[i % wide];
            if (!(lexicon->pair_known[both / 8] >> both % 8 & 1) || score <= low) continue;
            int32_t pair = lexicon->pair_number[both];
            lexicon->pair_best[pair] = larger(lexicon->pair_best[pair], score);
            heard[count++] = pair;
        }
    }
    return count;
}

static intptr_t members_of(const Groups *groups, const intptr_t *keys, intptr_t count) {
    intptr_t size = 0;
    for (intptr_t i = 0; i < count; i++) size += groups->first[keys[i] + 1] - groups->first[keys[i]];
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
    intptr_t kept = unmark(lexicon->marked, lexicon->pairs, numbers, count);
    for (intptr_t i = 0; i < kept; i++)
        pairs[i] = (Pair){lexicon->pair_best[numbers[i]], numbers[i]};
    return kept;
}

typedef struct {
    float *scores, *spare; /* an entry for each of a name's pairs that was heard well */
    intptr_t *names, count, checked;
    float least; /* of the entries so far, that of the last one to be kept */
} Entries;

/* The names of which a pair is the best one that was heard: those that are filed under several
   pairs are entered with the best, as often as they would be found. */
static void enter(const Pass *pass, const Pair *pair, float chosen, Entries *to) {
    const Lexicon *lexicon = pass->lexicon;
    const Groups *filed = &lexicon->filed;
    for (intptr_t k = filed->first[pair->number]; k < filed->first[pair->number + 1]; k++) {
        intptr_t name = filed->members[k], several = 0, first = -1;
        if (k > filed->first[pair->number] && filed->members[k - 1] == name) continue;
        const int32_t *own = lexicon->filed_pairs + k * PAIRS_OF_A_NAME;
        for (int j = 0; j < PAIRS_OF_A_NAME; j++) {
            float best = lexicon->pair_best[own[j]];
            several += best >= chosen;
            if (best == pair->best && first < 0) first = own[j];
            if (best > pair->best) first = lexicon->pairs; /* entered with that one */
        }
        if (first != pair->number) continue;
        float sum = telling_sum(&pass->heard, lexicon->filed_telling + k * TELLING);
        float score = pair->best + (float)lexicon->anywhere * sum;
        for (; several > 0; several--, to->count++)
            to->names[to->count] = name, to->scores[to->count] = score;
    }
}

/* Mark the names that are filed under the best of the `heard` pairs and were heard best
   themselves; one under two pairs counts twice. 0, or -1 without memory. */
static int mark_found(const Pass *pass, const intptr_t *heard, intptr_t count) {
    const Lexicon *lexicon = pass->lexicon;
    int done = -1;
    Entries found = {.least = -INFINITY};
    float *scores = malloc((2 * count + 1) * sizeof *scores), most = 0, least = INFINITY;
    intptr_t *numbers = malloc((count + 1) * sizeof *numbers), size = 0, kept = 0;
    Pair *pairs = malloc((count + 1) * sizeof *pairs);
    if (!scores || !numbers || !pairs) goto end;
    kept = best_pairs(lexicon, heard, count, scores, pairs, numbers);
    size = members_of(&lexicon->filed, numbers, kept);
    found.scores = malloc((2 * size + 1) * sizeof *found.scores);
    found.names = malloc((size + 1) * sizeof *found.names);
    if (!found.scores || !found.names) goto end;
    found.spare = found.scores + size;
    for (intptr_t i = 0; i <= lexicon->known; i++) most = larger(most, pass->heard.best[i]);
    most *= TELLING * (float)lexicon->anywhere;
    for (intptr_t i = 0; i < kept; i++) least = pairs[i].best < least ? pairs[i].best : least;
    if (size > MANY) qsort(pairs, kept, sizeof *pairs, by_best);
    for (intptr_t i = 0; i < kept; i++) {
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
    const Groups *named = &lexicon->named_in;
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
                names[size] = named->members[k];
                scores[size] = telling_sum(&pass->heard, lexicon->near_telling + k * TELLING);
            }
        count = highest(scores, scores + size, size, lexicon->close_names, kept);
        for (intptr_t i = 0; i < count; i++) mark(lexicon->marked, names[kept[i]]);
    }
    free(scores), free(names);
    return done;
}

/* The names worth aligning, ascending: found by their sound, near a likely place, or hinted at. */
static int find_candidates(const Pass *pass, const float *place, Found *found) {
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
    found->name_count = unmark(lexicon->marked, lexicon->names, found->names, found->most_names);
    return done;
}

/* ------------------------------------------------------------- names */

/* `behind`, with 「的」 before it or stray syllables, by the place where these begin. */
static void lead_to(const Pass *pass, const float *behind, float *led) {
    int places = pass->heard.places;
    float between = (float)pass->lexicon->between, best = 2 * NEVER;
    const float *possessive =
        pass->heard.evidence + pass->lexicon->possessive * (pass->heard.width + 2) + 1;
    for (int at = places; at < pass->heard.width; at++) led[at] = NEVER;
    for (int at = places - 1; at >= 0; at--) {
        float slope = between * (float)at;
        best = larger(best, behind[at] + slope);
        led[at] = best - slope;
        if (at + 1 < places)
            led[at] = larger(led[at], behind[at + 1] + larger(possessive[at], between));
    }
}

/* 藥局 or its like, at each place or later, of whatever name. */
static void hear_kinds(const Pass *pass, float *kind) {
    const Lexicon *lexicon = pass->lexicon;
    int width = pass->heard.width;
    int count = (int)(lexicon->spoken.count - lexicon->names);
    intptr_t numbers[ABREAST];
    Lines lines;
    for (int at = 0; at < width; at++) kind[at] = NEVER;
    for (int i = 0; i < count; i++) {
        numbers[i] = lexicon->names + i;
        memcpy(lines.line[i], pass->tail, sizeof pass->tail);
    }
    follow(&lexicon->spoken, numbers, count, &pass->heard, (float)lexicon->extra, &lines, 1);
    for (int i = 0; i < count; i++)
        for (int at = 0; at < pass->heard.places; at++)
            kind[at] = larger(kind[at], lines.line[i][at]);
    for (int at = pass->heard.places - 2; at >= 0; at--) kind[at] = larger(kind[at], kind[at + 1]);
}

/* The likeliest districts, by the place where each ends: by its best form, or its county alone. */
static void lay_districts(const Pass *pass, const intptr_t *likely, intptr_t count, float *lines,
                          intptr_t *column) {
    const Lexicon *lexicon = pass->lexicon;
    int width = pass->heard.width;
    for (intptr_t i = 0; i < lexicon->places; i++) column[i] = -1;
    for (intptr_t i = 0; i < count; i++) {
        const float *county = pass->in_county + lexicon->county_of[likely[i]] * width;
        column[likely[i]] = i;
        for (int at = 0; at < width; at++)
            lines[i * width + at] = county[at] + (float)lexicon->with_county;
    }
    for (intptr_t form = 0; form < pass->form_count; form++) {
        intptr_t i = column[pass->forms[form]];
        if (i < 0) continue;
        const float *line = pass->in_form + form * width;
        for (int at = 0; at < width; at++)
            lines[i * width + at] = larger(lines[i * width + at], line[at]);
    }
}

static int is_among(intptr_t number, const intptr_t *numbers, intptr_t count) {
    for (intptr_t i = 0; i < count; i++)
        if (numbers[i] == number) return 1;
    return 0;
}

/* Where the weights of names are written; `alone` and `ratios` by name, `there` by posting. */
typedef struct {
    const float *whole, *lines; /* as lay_districts leaves `lines` and `column` */
    const intptr_t *column;
    float *alone, *ratios, *there;
} Weights;

/* Candidate `i`, whose `line` tells its evidence: alone, and in each likely district that it is
   borne in. */
static void weigh_name(const Pass *pass, intptr_t i, const float *line, Found *found, Weights *to) {
    const Lexicon *lexicon = pass->lexicon;
    const Sentence *sentence = pass->sentence;
    int width = pass->heard.width, met = 0;
    intptr_t name = found->names[i], *count = &found->posting_count;
    float led[MOST_PLACES], known = lexicon->name_prior[name];
    float evidence = best_sum(pass->front, line, width);
    if (is_among(name, sentence->written, sentence->written_count)) known += (float)lexicon->verbatim;
    if (is_among(name, sentence->offered, sentence->offered_count)) known += (float)lexicon->offered;
    double bearers = 0;
    for (intptr_t k = lexicon->borne.first[name]; k < lexicon->borne.first[name + 1]; k++) {
        intptr_t posting = lexicon->borne.members[k];
        intptr_t district = lexicon->posting_district[posting];
        float size = lexicon->posting_log_size[posting];
        bearers += expf(size + sentence->place_prior[district]);
        if (to->column[district] < 0) continue;
        if (!met++) lead_to(pass, line, led);
        float best = best_sum(to->lines + to->column[district] * width, led, width);
        best = best < to->whole[district] + (float)lexicon->worth ? NEVER : best + size;
        if ((*count)++ >= found->most_postings) continue;
        found->postings[*count - 1] = posting;
        found->beside[*count - 1] = i;
        to->there[*count - 1] = best + known + (float)lexicon->of_posting;
    }
    float worth = (float)(sentence->around + lexicon->worth);
    double weighed = evidence < worth ? NEVER : evidence + log(bearers + 1e-6);
    to->alone[i] = (float)(weighed + known + lexicon->of_name);
    to->ratios[i] = evidence - (float)sentence->around;
}

static void weigh_names(const Pass *pass, Found *found, Weights *to) {
    Lines lines;
    found->posting_count = 0;
    for (intptr_t first = 0; first < found->name_count; first += ABREAST) {
        intptr_t left = found->name_count - first;
        int count = left < ABREAST ? (int)left : ABREAST;
        for (int i = 0; i < count; i++) memcpy(lines.line[i], pass->tail, sizeof pass->tail);
        follow(&pass->lexicon->spoken, found->names + first, count, &pass->heard,
               (float)pass->lexicon->extra, &lines, 1);
        for (int i = 0; i < count; i++) weigh_name(pass, first + i, lines.line[i], found, to);
    }
}

/* ------------------------------------------------------------- the whole */

/* Evidence → probabilities that sum to 1 over all readings. */
static void normalise(float *readings, intptr_t count, float temper) {
    float most = readings[0];
    double sum = 0;
    for (intptr_t i = 1; i < count; i++) most = larger(most, readings[i]);
    for (intptr_t i = 0; i < count; i++) {
        float less = (readings[i] - most) / temper;
        readings[i] = less > LEAST_SHARE ? expf(less) : 0; /* most are NEVER */
        sum += readings[i];
    }
    for (intptr_t i = 0; i < count; i++) readings[i] /= (float)sum;
}

/* What the probabilities come to, by what is one to a caller. */
static void sum_up(const Lexicon *lexicon, Found *found, const float *place, const float *unlisted,
                   const float *county, const float *alone, const float *there) {
    double *of_kind = found->sums, *in_district = of_kind + KINDS;
    double *of_name = in_district + lexicon->districts;
    for (intptr_t i = 0; i < KINDS; i++) of_kind[i] = 0;
    for (intptr_t i = 0; i < lexicon->places; i++)
        of_kind[i < lexicon->districts ? DISTRICTS : LANDMARKS] += place[i];
    for (intptr_t i = 0; i < lexicon->districts; i++) {
        of_kind[DISTRICTS] += unlisted[i];
        in_district[i] = place[i] + unlisted[i];
    }
    for (intptr_t i = 0; i < lexicon->counties; i++) of_kind[COUNTIES] += county[i];
    for (intptr_t i = 0; i < found->name_count; i++) of_name[i] = alone[i];
    for (intptr_t i = 0; i < found->posting_count; i++) {
        in_district[lexicon->posting_district[found->postings[i]]] += there[i];
        of_name[found->beside[i]] += there[i];
    }
    for (intptr_t i = 0; i < found->name_count; i++)
        of_kind[lexicon->roads[found->names[i]] ? ROADS : PHARMACIES] += of_name[i];
}

/* All readings of the sentence, and what they come to. */
static int weigh_all(Pass *pass, Found *found, float *space, intptr_t *column) {
    const Lexicon *lexicon = pass->lexicon;
    intptr_t places = lexicon->places, districts = lexicon->districts, counties = lexicon->counties;
    int width = pass->heard.width, count = pass->heard.places;
    float kind[MOST_PLACES], later[MOST_PLACES], start[MOST_PLACES];
    float nothing = (float)pass->sentence->around, some = 2 * NEVER;
    float *place = found->floats, *county = place + places, *shop = county + counties;
    float *name = shop + 1, *lines = space, *whole = lines + MOST_LIKELY * width;
    intptr_t likely[MOST_LIKELY];
    float spare[MOST_DISTRICTS];

    meet(pass, pass->tail, county, place, whole);
    if (find_candidates(pass, place, found)) return -1;
    if (found->name_count > found->most_names) return 1;
    float *of_place = name + found->name_count, *unlisted = of_place + places;
    float *of_county = unlisted + districts, *none = of_county + counties;
    float *alone = none + 1, *there = alone + found->name_count;
    intptr_t near = highest(whole, spare, districts, lexicon->likely, likely);
    lay_districts(pass, likely, near, lines, column);
    weigh_names(pass, found, &(Weights){whole, lines, column, alone, name, there});
    if (found->posting_count > found->most_postings) return 1;

    hear_kinds(pass, kind);
    for (int at = 0; at < width; at++) start[at] = at + 1 < count ? kind[at + 1] : NEVER;
    for (int at = 0; at + 1 < count; at++) some = larger(some, pass->front[at] + kind[at + 1]);
    lead_to(pass, start, later);
    meet(pass, later, of_county, of_place, unlisted);

    for (intptr_t i = 0; i < districts; i++) unlisted[i] += (float)lexicon->of_unlisted;
    for (intptr_t i = 0; i < counties; i++) of_county[i] = county[i] + (float)lexicon->of_county;
    for (intptr_t i = 0; i < places; i++) of_place[i] = place[i] + lexicon->place_share[i];
    double unnamed = some + lexicon->unlisted;
    *none = (float)((unnamed > nothing ? unnamed : nothing) + lexicon->of_nothing);
    for (intptr_t i = 0; i < places; i++) place[i] -= nothing;
    for (intptr_t i = 0; i < counties; i++) county[i] -= nothing;
    *shop = some - nothing;
    normalise(of_place, there + found->posting_count - of_place, (float)lexicon->temper);
    sum_up(lexicon, found, of_place, unlisted, of_county, alone, there);
    return 0;
}

/* 0; 1 where more names or postings were found than there is room for; -1 without memory. */
int weigh(const Lexicon *lexicon, const Sentence *sentence, Found *found) {
    Pass pass = {.lexicon = lexicon, .sentence = sentence};
    intptr_t width = width_of((int)sentence->heard + 1), forms = lexicon->place_forms.count;
    intptr_t sounds = (lexicon->known + 1) * (width + 3), counties = lexicon->counties * width;
    intptr_t others = MOST_LIKELY * width + lexicon->districts;
    float *space = malloc((sounds + 2 * counties + forms * (width + 2) + others) * sizeof *space);
    intptr_t *numbers = malloc((forms + lexicon->places) * sizeof *numbers);
    int done = -1;
    if (space && numbers) {
        pass.in_county = space + sounds;
        float *start = pass.in_county + counties, *scores = start + counties;
        pass.in_form = scores + 2 * forms;
        pass.forms = numbers;
        lay_out(&pass, space);
        hear_counties(&pass, start);
        hear_places(&pass, start, scores);
        done = weigh_all(&pass, found, pass.in_form + forms * width, numbers + forms);
    }
    free(space), free(numbers);
    return done;
}
