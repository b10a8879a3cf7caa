/* Everything that a sentence may mean, weighed in one pass: names/likelihood.py says what and why. */
#include "lexicon.h"

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
        follow(lexicon->county_forms.all, forms, count, &pass->heard, (float)lexicon->extra, &lines, 0);
        for (int i = 0; i < count; i++) {
            const Pattern *form = lexicon->county_forms.all + forms[i];
            float *best = pass->in_county + form->owner * width;
            for (int at = 0; at < width; at++)
                best[at] = larger(best[at], lines.line[i][at] + form->prior);
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

/* What may stand before a landmark: what may before its county's places (`begun`), or its district
   and stray syllables: 萬華那個西門町. */
static void begin_behind(const Lexicon *lexicon, const float *in_district, const float *begun,
                         intptr_t landmark, int width, float *line) {
    const float *district = in_district + lexicon->district_of[landmark] * width;
    float said = (float)lexicon->district_said, stray = (float)lexicon->stray, best = 2 * NEVER;
    for (int at = 0; at < width; at++) {
        best = larger(district[at] + said, best + stray);
        line[at] = larger(begun[at], best);
    }
}

/* The forms of places whose first sounds were heard best, by the place where each ends. */
static void hear_places(Pass *pass, const float *start, float *scores, float *in_district) {
    const Lexicon *lexicon = pass->lexicon;
    const Patterns *forms = &lexicon->place_forms;
    const float *best = pass->heard.best;
    int width = pass->heard.width;
    for (intptr_t form = 0; form < forms->count; form++) {
        const int16_t *sounds = lexicon->place_heads + form * 3;
        scores[form] = best[sounds[0]] + best[sounds[1]] + best[sounds[2]];
    }
    float least = threshold(scores, scores + forms->count, forms->count, lexicon->forms);
    pass->form_count = 0;
    for (intptr_t form = 0; form < forms->count; form++)
        if (scores[form] >= least) pass->forms[pass->form_count++] = form;
    for (intptr_t i = 0; i < lexicon->districts * width; i++) in_district[i] = 2 * NEVER;
    for (intptr_t first = 0, count; first < pass->form_count; first += count) {
        intptr_t *chosen = pass->forms + first;
        int marks = forms->all[*chosen].owner >= lexicon->districts; /* districts come first */
        Lines lines;
        for (count = 0; count < ABREAST && first + count < pass->form_count; count++) {
            intptr_t owner = forms->all[chosen[count]].owner;
            if (!marks && owner >= lexicon->districts) break;
            const float *begun = start + lexicon->county_of[owner] * width;
            if (marks) begin_behind(lexicon, in_district, begun, owner, width, lines.line[count]);
            else memcpy(lines.line[count], begun, width * sizeof *begun);
        }
        follow(forms->all, chosen, (int)count, &pass->heard, (float)lexicon->extra, &lines, 0);
        for (int i = 0; i < count; i++) {
            intptr_t owner = forms->all[chosen[i]].owner;
            float prior = forms->all[chosen[i]].prior, hint = pass->sentence->place_prior[owner];
            float *line = pass->in_form + (first + i) * width;
            for (int at = 0; at < width; at++) line[at] = lines.line[i][at] + prior + hint;
            if (!marks)
                for (int at = 0; at < width; at++)
                    in_district[owner * width + at] =
                        larger(in_district[owner * width + at], lines.line[i][at] + prior);
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
    follow(lexicon->spoken.all, numbers, count, &pass->heard, (float)lexicon->extra, &lines, 1);
    for (int i = 0; i < count; i++)
        for (int at = 0; at < pass->heard.places; at++)
            kind[at] = larger(kind[at], lines.line[i][at]);
    for (int at = pass->heard.places - 2; at >= 0; at--) kind[at] = larger(kind[at], kind[at + 1]);
}

/* The likeliest districts, by the place where each ends: by its best form, or its county alone. */
static void lay_districts(const Pass *pass, const float *whole, float *lines, intptr_t *column) {
    const Lexicon *lexicon = pass->lexicon;
    int width = pass->heard.width;
    intptr_t likely[MOST_LIKELY];
    float spare[MOST_DISTRICTS];
    intptr_t count = highest(whole, spare, lexicon->districts, lexicon->likely, likely);
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
    float likelier[MOST_DISTRICTS]; /* by district: e to its prior */
} Weights;

/* Candidate `i`, whose `line` tells its evidence: alone, and in each likely district that it is
   borne in. */
static void weigh_name(const Pass *pass, intptr_t i, const float *line, Found *found, Weights *to) {
    const Lexicon *lexicon = pass->lexicon;
    const Sentence *sentence = pass->sentence;
    int width = pass->heard.width, met = 0;
    intptr_t name = found->names[i], *count = &found->posting_count;
    const Pattern *pattern = lexicon->spoken.all + name; /* behind it another, of a name or 藥局 */
    float led[MOST_PLACES], known = pattern->prior;
    float evidence = best_sum(pass->front, line, width);
    if (is_among(name, sentence->written, sentence->written_count)) known += (float)lexicon->verbatim;
    if (is_among(name, sentence->offered, sentence->offered_count)) known += (float)lexicon->offered;
    double bearers = 0;
    for (intptr_t posting = pattern[0].owner; posting < pattern[1].owner; posting++) {
        const Posting *there = lexicon->postings + posting;
        bearers += there->size * to->likelier[there->district];
        if (to->column[there->district] < 0) continue;
        if (!met++) lead_to(pass, line, led);
        float best = best_sum(to->lines + to->column[there->district] * width, led, width);
        int tells = best >= to->whole[there->district] + (float)lexicon->worth;
        found->postings[*count] = posting;
        found->beside[*count] = i;
        to->there[(*count)++] = (tells ? best + there->log_size : NEVER) + known + (float)lexicon->of_posting;
    }
    float worth = (float)(sentence->around + lexicon->worth);
    double weighed = evidence < worth ? NEVER : evidence + log(bearers + 1e-6);
    to->alone[i] = (float)(weighed + known + lexicon->of_name);
    to->ratios[i] = evidence - (float)sentence->around;
}

static void weigh_names(const Pass *pass, Found *found, Weights *to) {
    const float *prior = pass->sentence->place_prior;
    Lines lines;
    found->posting_count = 0;
    for (intptr_t i = 0; i < pass->lexicon->districts; i++) to->likelier[i] = expf(prior[i]);
    for (intptr_t first = 0; first < found->name_count; first += ABREAST) {
        intptr_t left = found->name_count - first;
        int count = left < ABREAST ? (int)left : ABREAST;
        for (int i = 0; i < count; i++) memcpy(lines.line[i], pass->tail, sizeof pass->tail);
        for (int i = 0; i < ABREAST && first + ABREAST + i < found->name_count; i++)
            __builtin_prefetch(pass->lexicon->spoken.all + found->names[first + ABREAST + i]);
        follow(pass->lexicon->spoken.all, found->names + first, count, &pass->heard,
               (float)pass->lexicon->extra, &lines, 1);
        for (int i = 0; i < count; i++) weigh_name(pass, first + i, lines.line[i], found, to);
    }
}

/* ------------------------------------------------------------- the whole */

#define LEAST_SHARE (-30.0f) /* a logarithm; what is less likely than that is never meant */

/* Evidence → probabilities that sum to 1 over all readings. */
static void normalise(float *readings, intptr_t count, float temper) {
    float most = most_of(readings, count), least = most + LEAST_SHARE * temper;
    double sum = 0;
    for (intptr_t i = 0; i < count; i++) {
        if (readings[i] <= least) { /* most are NEVER */
            readings[i] = 0;
            continue;
        }
        readings[i] = expf((readings[i] - most) / temper);
        sum += readings[i];
    }
    for (intptr_t i = 0; i < count; i++) readings[i] /= (float)sum;
}

/* Where in `floats` each of what comes out begins. */
typedef struct {
    float *place_ratio, *county_ratio, *shop_ratio, *name_ratio;
    float *place, *unlisted, *county, *none, *alone, *there, *end; /* of the readings */
    float *in_district, *of_name, *of_kind, *best;
} Out;

/* What the probabilities come to, by what is one to a caller. */
static void sum_up(const Lexicon *lexicon, const Found *found, const Out *out) {
    double sums[KINDS + 1] = {0};
    for (intptr_t i = 0; i < lexicon->places; i++)
        sums[i < lexicon->districts ? DISTRICTS : LANDMARKS] += out->place[i];
    for (intptr_t i = 0; i < lexicon->districts; i++) {
        sums[KINDS] += out->unlisted[i];
        out->in_district[i] = out->place[i] + out->unlisted[i];
    }
    for (intptr_t i = 0; i < lexicon->counties; i++) sums[COUNTIES] += out->county[i];
    for (intptr_t i = 0; i < found->name_count; i++) out->of_name[i] = out->alone[i];
    for (intptr_t i = 0; i < found->posting_count; i++) {
        out->in_district[lexicon->postings[found->postings[i]].district] += out->there[i];
        out->of_name[found->beside[i]] += out->there[i];
    }
    for (intptr_t i = 0; i < found->name_count; i++)
        sums[lexicon->roads[found->names[i]] ? ROADS : PHARMACIES] += out->of_name[i];
    sums[DISTRICTS] += sums[KINDS];
    for (int kind = 0; kind <= KINDS; kind++) out->of_kind[kind] = (float)sums[kind];
}

/* Of the candidates of one kind, `first` to `end`, the `count` highest `values` and whose they are,
   best first and of equal ones the first. */
static void rank(const Lexicon *lexicon, const Found *found, int kind, const float *values,
                 intptr_t first, intptr_t end, int count, intptr_t *numbers, float *best) {
    for (int j = 0; j < count; j++) numbers[j] = -1, best[j] = -INFINITY;
    for (intptr_t i = first; i < end; i++) {
        if (values[i] <= best[count - 1]) continue;
        if (kind <= ROADS && lexicon->roads[found->names[i]] != (kind == ROADS)) continue;
        int j = count - 1;
        for (; j && values[i] > best[j - 1]; j--) numbers[j] = numbers[j - 1], best[j] = best[j - 1];
        numbers[j] = i, best[j] = values[i];
    }
}

static void choose(const Lexicon *lexicon, const Found *found, const Out *out, int kind,
                   const float *ratios, const float *shares, intptr_t first, intptr_t end) {
    intptr_t *told = found->best + kind * BEST;
    float *best = out->best + kind * BEST;
    rank(lexicon, found, kind, ratios, first, end, TOLD, told, best);
    rank(lexicon, found, kind, shares, first, end, LIKELIEST, told + TOLD, best + TOLD);
}

/* Evidence against everyday words, and the readings with what is known beforehand. */
static void compare(const Pass *pass, const float *kind, const Out *out) {
    const Lexicon *lexicon = pass->lexicon;
    float nothing = (float)pass->sentence->around, some = 2 * NEVER;
    for (int at = 0; at + 1 < pass->heard.places; at++)
        some = larger(some, pass->front[at] + kind[at + 1]);
    for (intptr_t i = 0; i < lexicon->districts; i++) out->unlisted[i] += (float)lexicon->of_unlisted;
    for (intptr_t i = 0; i < lexicon->counties; i++) {
        out->county[i] = out->county_ratio[i] + (float)lexicon->of_county;
        out->county_ratio[i] -= nothing;
    }
    for (intptr_t i = 0; i < lexicon->places; i++) {
        out->place[i] = out->place_ratio[i] + lexicon->place_share[i];
        out->place_ratio[i] -= nothing;
    }
    double unnamed = some + lexicon->unlisted;
    *out->none = (float)((unnamed > nothing ? unnamed : nothing) + lexicon->of_nothing);
    *out->shop_ratio = some - nothing;
}

/* All readings of the sentence, and what they come to. */
static int weigh_all(Pass *pass, Found *found, float *space, intptr_t *column) {
    const Lexicon *lexicon = pass->lexicon;
    intptr_t places = lexicon->places, districts = lexicon->districts, counties = lexicon->counties;
    int width = pass->heard.width, count = pass->heard.places;
    float kind[MOST_PLACES], later[MOST_PLACES], start[MOST_PLACES];
    float *lines = space, *whole = lines + MOST_LIKELY * width;
    Out out = {.place_ratio = found->floats};
    out.county_ratio = out.place_ratio + places;
    out.shop_ratio = out.county_ratio + counties;
    out.name_ratio = out.shop_ratio + 1;

    meet(pass, pass->tail, out.county_ratio, out.place_ratio, whole);
    if (find_candidates(pass, out.place_ratio, found)) return -1;
    intptr_t names = found->name_count;
    out.place = out.name_ratio + names;
    out.unlisted = out.place + places;
    out.county = out.unlisted + districts;
    out.none = out.county + counties;
    out.alone = out.none + 1;
    out.there = out.alone + names;
    lay_districts(pass, whole, lines, column);
    Weights weights = {whole, lines, column, out.alone, out.name_ratio, out.there, {0}};
    weigh_names(pass, found, &weights);
    out.in_district = out.end = out.there + found->posting_count;
    out.of_name = out.in_district + districts;
    out.of_kind = out.of_name + names;
    out.best = out.of_kind + KINDS + 1;

    hear_kinds(pass, kind);
    for (int at = 0; at < width; at++) start[at] = at + 1 < count ? kind[at + 1] : NEVER;
    lead_to(pass, start, later);
    meet(pass, later, out.county, out.place, out.unlisted);
    compare(pass, kind, &out);
    normalise(out.place, out.end - out.place, (float)lexicon->temper);
    sum_up(lexicon, found, &out);
    choose(lexicon, found, &out, PHARMACIES, out.name_ratio, out.of_name, 0, names);
    choose(lexicon, found, &out, ROADS, out.name_ratio, out.of_name, 0, names);
    choose(lexicon, found, &out, DISTRICTS, out.place_ratio, out.in_district, 0, districts);
    choose(lexicon, found, &out, LANDMARKS, out.place_ratio, out.place, districts, places);
    choose(lexicon, found, &out, COUNTIES, out.county_ratio, out.county, 0, counties);
    return 0;
}

/* 0, or -1 without memory. */
int weigh(const Lexicon *lexicon, const Sentence *sentence, Found *found) {
    Pass pass = {.lexicon = lexicon, .sentence = sentence};
    intptr_t width = width_of((int)sentence->heard + 1), forms = lexicon->place_forms.count;
    intptr_t sounds = (lexicon->known + 1) * (width + 3), counties = lexicon->counties * width;
    intptr_t others = MOST_LIKELY * width + lexicon->districts, districts = lexicon->districts * width;
    intptr_t all = sounds + 2 * counties + districts + forms * (width + 2) + others;
    float *space = malloc(all * sizeof *space);
    intptr_t *numbers = malloc((forms + lexicon->places) * sizeof *numbers);
    int done = -1;
    if (space && numbers) {
        pass.in_county = space + sounds;
        float *start = pass.in_county + counties, *in_district = start + counties;
        float *scores = in_district + districts;
        pass.in_form = scores + 2 * forms;
        pass.forms = numbers;
        lay_out(&pass, space);
        hear_counties(&pass, start);
        hear_places(&pass, start, scores, in_district);
        done = weigh_all(&pass, found, pass.in_form + forms * width, numbers + forms);
    }
    free(space), free(numbers);
    return done;
}
