/* The sweep, fees and source prices as plain loops over the model's own arrays, equations as in docs/model.md. */
#include "common.h"

#define NOTHING 1e-9
#define ROUNDS 4
enum { LOT = 1, PARTNER = 2, SAMPLE = 3, SEIZURE = 4 };
enum { CONSUMERS, PRODUCERS, GROUP_FEES, AD_HOC_FEES, TOLLS, ESCORT, HIJACK, POLICE, TRANSPORT };

/* Philox4x32-10: the four words of the decision that the counter names. */
static inline void words_of(const Run *r, uint64_t entity, uint64_t draw, uint64_t stream, uint32_t *words) {
    uint32_t c0 = (uint32_t)r->month, c1 = (uint32_t)entity, c2 = (uint32_t)draw, c3 = (uint32_t)stream;
    uint32_t k0 = (uint32_t)r->seed, k1 = (uint32_t)r->index;
    for (int i = 0; i < 10; i++) {
        const uint64_t p0 = 0xD2511F53ull * c0, p1 = 0xCD9E8D57ull * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

/* Two uniforms of 53 bits. */
static inline void uniforms(const Run *r, uint64_t entity, uint64_t draw, uint64_t stream, double *one, double *two) {
    uint32_t w[4];
    words_of(r, entity, draw, stream, w);
    *one = ((double)(w[0] >> 5) * 67108864.0 + (double)(w[1] >> 6)) / 9007199254740992.0;
    *two = ((double)(w[2] >> 5) * 67108864.0 + (double)(w[3] >> 6)) / 9007199254740992.0;
}

/* Which of the 4,096 quantiles principal b has in a block that eight share. */
static inline int64_t quantile(const uint32_t *words, int64_t b) {
    return (words[b % 8 / 2] >> (16 * (b % 2) + 4)) & 4095;
}


static inline int64_t binomial(int64_t trials, double chance, double uniform) {
    if (chance <= 0.0 || trials <= 0) return 0;
    if (chance >= 1.0) return trials;
    const double log_none = trials * log1p(-chance);
    int64_t count = 0;
    if (log_none < -600.0) {
        const double log_odds = log(chance) - log1p(-chance);
        double log_mass = log_none, total = exp(log_none);
        while (total < uniform && count < trials) {
            log_mass += log_odds + log((trials - count) / (count + 1.0));
            count++;
            total += exp(log_mass);
        }
        return count;
    }
    double mass = exp(log_none), total = mass;
    const double odds = chance / (1.0 - chance);
    while (total < uniform && count < trials) {
        mass *= odds * (trials - count) / (count + 1.0);
        count++;
        total += mass;
    }
    return count;
}

static inline int64_t losses(int64_t loads, double hazard, double uniform) {
    return uniform <= 1.0 - loads * hazard ? 0 : binomial(loads, -expm1(-hazard), uniform);
}

static double willing(const Run *r, int64_t z) {
    const double price = r->zone_price[z], cost = r->marginal_cost[z];
    if (cost <= 0.0) return price > 0.0 ? 1.0 : 0.0;
    return min2(max2((price - cost) / (r->supply_spread * cost), 0.0), 1.0);
}

static void buy(const Run *r, int64_t n, int64_t z) {
    const int64_t B = r->brokers;
    double waiting = 0.0, weights = 0.0, total = 0.0, wanted[B];
    for (int64_t b = 0; b < B; b++) {
        waiting += r->stock[n * B + b];
        weights += r->buying[z * B + b];
        wanted[b] = 0.0;
    }
    for (int64_t b = 0; b < B; b++)
        if (r->value[n * B + b] > 0.0 && weights > 0.0) {
            const double room = max2(0.0, r->buying_cover * r->node_capacity[n * B + b] - waiting);
            const double margin = (1.0 - r->zone_price[z] / r->value[n * B + b]) / r->buying_margin;
            wanted[b] = room * r->buying[z * B + b] / weights * min2(max2(margin, 0.0), 1.0);
            total += wanted[b];
        }
    r->zone_demand_kg[z] = total;
    if (total <= 0.0) return;
    const double made = min2(total, r->harvest_kg[z] * willing(r, z));
    r->zone_made_kg[z] = made;
    r->made_kg[n] += made;
    for (int64_t b = 0; b < B; b++) {
        const double bought = made * wanted[b] / total;
        r->stock[n * B + b] += bought;
        r->cash[b] -= r->zone_price[z] * bought;
        r->money[PRODUCERS] += r->zone_price[z] * bought;
    }
}

/* The offers of one node that have room, and the principals with goods there: rows are offers. */
typedef struct {
    int64_t count, busy, *link, *slot, *who;
    double *room, *weights, *asked, *moved, *lot, *lots, *size, *refused;
} Desk;

static int sample(const Desk *d, int64_t i, double lots, double lot, double start) {
    const int64_t B = d->busy;
    double total = 0.0, reached = 0.0, before = 0.0;
    int64_t last = -1;
    for (int64_t k = 0; k < d->count; k++) {
        d->asked[k * B + i] = 0.0;
        if (d->weights[k * B + i] > 0.0 && d->room[k] > NOTHING) {
            total += d->weights[k * B + i];
            last = k;
        }
    }
    for (int64_t k = 0; k <= last; k++) {
        if (d->room[k] > NOTHING) reached += d->weights[k * B + i];
        const double after = floor((k == last ? lots : lots * (reached / total)) + start);
        d->asked[k * B + i] = (after - before) * lot;
        before = after;
    }
    return last >= 0;
}

static void draw_lots(const Run *r, Desk *d, int64_t n) {
    const int64_t B = r->brokers;
    int64_t drawn = -1;
    uint32_t words[4] = {0, 0, 0, 0};
    d->busy = 0;
    for (int64_t b = 0; b < B; b++) {
        const double stock = r->stock[n * B + b];
        if (stock <= NOTHING || r->value[n * B + b] <= 0.0) continue;
        double factor = 1.0, seen = 0.0, usual = 0.0;
        if (drawn != b / 8) words_of(r, n, drawn = b / 8, LOT, words);
        if (r->lot_risk_response > 0.0) {
            for (int64_t l = r->link_start[n]; l < r->link_start[n + 1]; l++) {
                seen += r->weight[2 * l * B + b] * r->risk[l * B + b];
                usual += r->weight[2 * l * B + b] * r->usual_risk[l];
            }
            if (seen > 0.0 && usual > 0.0)
                factor = min2(max2(pow(seen / usual, -r->lot_risk_response), 0.25), 4.0);
        }
        const double typical = r->lot_kg * r->lot_factor[quantile(words, b)] * factor;
        const int64_t i = d->busy++;
        d->who[i] = b;
        d->lots[i] = max2(1.0, floor(stock / typical + 0.5));
        d->lot[i] = stock / d->lots[i];
        d->size[i] = pow(d->lot[i] / r->lot_kg, r->size_exponent);
    }
}

static void like(const Run *r, const Desk *d) {
    const int64_t B = r->brokers, M = r->slots;
    for (int64_t k = 0; k < d->count; k++) {
        const int64_t l = d->link[k], m = d->slot[k], g = m < M ? r->offer_group[l * M + m] : -1;
        int64_t drawn = -1;
        uint32_t words[4] = {0, 0, 0, 0};
        for (int64_t i = 0; i < d->busy; i++) {
            const int64_t b = d->who[i];
            double weight = d->room[k] * (g >= 0 ? r->trust_power[g * B + b] * r->weight[2 * l * B + b]
                                                 : r->trust_ad_hoc * r->weight[(2 * l + 1) * B + b]);
            if (weight > 0.0) {
                if (drawn != b / 8) words_of(r, l * (M + 1) + m, drawn = b / 8, PARTNER, words);
                weight *= r->partner_factor[quantile(words, b)];
            }
            d->weights[k * d->busy + i] = weight;
        }
    }
}

static void place(const Run *r, const Desk *d, int64_t n) {
    const int64_t B = d->busy;
    double start, other;
    for (int64_t i = 0; i < B; i++) {
        uniforms(r, n, d->who[i], SAMPLE, &start, &other);
        if (sample(d, i, d->lots[i], d->lot[i], start))
            for (int64_t k = 0; k < d->count; k++) r->desired_kg[d->link[k]] += d->asked[k * B + i];
    }
    memset(d->moved, 0, d->count * B * sizeof(double));
    for (int turn = 0; turn < ROUNDS; turn++) {
        double most = 0.0;
        memset(d->refused, 0, B * sizeof(double));
        for (int64_t k = 0; k < d->count; k++) {
            double total = 0.0;
            for (int64_t i = 0; i < B; i++) total += d->asked[k * B + i];
            if (total <= 0.0) continue;
            const double part = min2(1.0, d->room[k] / total);
            d->room[k] -= part * total;
            for (int64_t i = 0; i < B; i++) {
                d->moved[k * B + i] += part * d->asked[k * B + i];
                d->refused[i] += (1.0 - part) * d->asked[k * B + i];
                d->asked[k * B + i] = 0.0;
            }
        }
        for (int64_t i = 0; i < B; i++) most = max2(most, d->refused[i]);
        if (turn == ROUNDS - 1 || most < NOTHING) return;
        for (int64_t i = 0; i < B; i++)
            if (d->refused[i] > NOTHING) {
                const double lots = max2(1.0, ceil(d->refused[i] / d->lot[i] - 1e-9));
                uniforms(r, n, d->who[i] + 1024 * (turn + 1), SAMPLE, &start, &other);
                sample(d, i, lots, d->refused[i] / lots, start);
            }
    }
}

static int guarded(const Run *r, int64_t l, int64_t b, double size, double lot) {
    const double base = r->rent[l] + r->toll[l * r->brokers + b] + r->fee_log[l] * r->fee_factor[l];
    const double ahead = r->ratio[l] * r->value[r->head[l] * r->brokers + b];
    const double risk = r->risk[l * r->brokers + b] * size, share = base + risk * (1.0 - r->escort_effect[l]);
    double alone, safer, mean;
    worth(ahead, base + risk, exp(-base - risk), r->cost[l], &alone, &mean);
    const double price = max2(r->escort_usd[l], r->escort_minimum[l] / lot);
    worth(ahead, share, exp(-share), r->cost[l] + price, &safer, &mean);
    return safer > alone;
}

static void sell_robbed(const Run *r, int64_t node, int64_t owner, double kg, int64_t robber) {
    const double *value = r->value + node * r->brokers;
    int64_t buyer = owner;
    for (int64_t b = 0; b < r->brokers; b++)
        if (b != owner && value[b] > 0.0 && (buyer == owner || value[b] > value[buyer])) buyer = b;
    const double paid = r->hijack_price_share * max2(value[buyer], 0.0) * kg;
    r->stock[node * r->brokers + buyer] += kg;
    r->cash[buyer] -= paid;
    r->hijack_usd[robber] += paid;
}

static void move(const Run *r, const Desk *d, int64_t n, int64_t k, int64_t i) {
    const int64_t B = r->brokers, M = r->slots, l = d->link[k], m = d->slot[k], b = d->who[i], p = r->place[n];
    const int64_t g = m < M ? r->offer_group[l * M + m] : -1, h = r->head[l];
    const double kg = d->moved[k * d->busy + i];
    const int escorted = g >= 0 && r->escort_here[l] && guarded(r, l, b, d->size[i], d->lot[i]);
    const double exposed = d->size[i] * (1.0 - (escorted ? r->escort_effect[l] : 0.0));
    const double loads = max2(1.0, ceil(kg / r->load_kg[l] - 1e-9));
    double one, two, threat = 0.0;
    uniforms(r, l * (M + 1) + m, b, SEIZURE, &one, &two);
    const int64_t lost = losses((int64_t)loads, r->hazard[l] * exposed, one);
    int64_t robber = r->robbers[2 * p] == g ? r->robbers[2 * p + 1] : r->robbers[2 * p], robbed = 0;
    if (r->ground_km[l] > 0.0 && robber >= 0 && r->holder[p] != b && r->members_here[p] > 0.0) {
        const double own = g >= 0 && r->home[g] == p ? r->members[g] : 0.0;
        threat = r->hijack_per_km * r->ground_km[l] * max2(0.0, 1.0 - own / r->members_here[p]);
    }
    if (threat > 0.0) robbed = losses((int64_t)(loads - lost), threat * exposed, two);
    const double seized = kg * lost / loads, taken = kg * robbed / loads;
    const double arrives = (kg - seized - taken) * r->ratio[l];
    r->stock[n * B + b] -= kg;
    r->stock[h * B + b] += arrives;
    if (robbed > 0) {
        sell_robbed(r, h, b, taken, robber);
        r->hijacked_kg[l] += taken;
        r->hijacked_loads[l] += robbed;
    }
    r->link_kg[l] += kg;
    r->seized_kg[l] += seized;
    r->node_seized_kg[n] += seized;
    r->process_loss_kg[n] += kg - seized - taken - arrives;
    r->offer_kg[l * (M + 1) + m] += kg;
    r->sent[l * B + b] += loads;
    r->lost[l * B + b] += lost + robbed;
    if (g >= 0) {
        r->group_sent_kg[g * B + b] += kg;
        r->group_lost_kg[g * B + b] += seized + taken;
        r->crew_lost[g] += lost * r->crew[l];
    }
    const double mean = r->average[(2 * l + (m == M)) * B + b], outlay = r->cost[l] * kg;
    const double factor = r->fee_factor[l] * (m == M ? r->latent_fee_factor : 1.0);
    const double fee = max2(0.0, r->fee_log[l] * factor * mean * kg), toll = max2(0.0, r->toll[l * B + b] * mean * kg);
    r->offer_fee_usd[l * (M + 1) + m] += fee;
    r->money[m == M ? AD_HOC_FEES : GROUP_FEES] += fee;
    r->money[TRANSPORT] += outlay;
    r->cash[b] -= fee + toll + outlay;
    if (toll > 0.0) {
        r->cash[r->holder[p]] += toll;
        r->money[TOLLS] += toll;
    }
    if (escorted) {
        const double guard = max2(r->escort_usd[l], r->escort_minimum[l] / d->lot[i]) * kg;
        r->cash[b] -= guard;
        r->escort_income[r->escort_group[p]] += guard;
        r->money[ESCORT] += guard;
        r->escorted_kg[l] += kg;
    }
}

static void ship(const Run *r, Desk *d, int64_t n) {
    const int64_t m1 = r->slots + 1;
    draw_lots(r, d, n);
    if (d->busy == 0) return;
    d->count = 0;
    for (int64_t l = r->link_start[n]; l < r->link_start[n + 1]; l++)
        for (int64_t m = 0; m < m1; m++)
            if (r->capacity[l * m1 + m] > 0.0) {
                d->link[d->count] = l;
                d->slot[d->count] = m;
                d->room[d->count++] = r->capacity[l * m1 + m];
            }
    like(r, d);
    place(r, d, n);
    for (int64_t k = 0; k < d->count; k++)
        for (int64_t i = 0; i < d->busy; i++)
            if (d->moved[k * d->busy + i] > NOTHING) move(r, d, n, k, i);
}

static void follow_up(const Run *r) {
    const int64_t B = r->brokers, m1 = r->slots + 1;
    for (int64_t g = 0; g < r->groups; g++) r->money[HIJACK] += r->hijack_usd[g];
    for (int64_t b = 0; b < B; b++) r->broker_capital[b] += r->cash[b];
    for (int64_t l = 0; l < r->links; l++) {
        double total = 0.0;
        for (int64_t m = 0; m < m1; m++) total += r->capacity[l * m1 + m];
        const double use = total > 0.0 ? min2(r->desired_kg[l] / total, 2.0) : 2.0;
        r->utilisation[l] += r->utilisation_memory * (use - r->utilisation[l]);
        const double response = exp(r->fee_response * (r->utilisation[l] - r->fee_utilisation));
        r->fee_factor[l] = min2(max2(response, 0.5), 3.0);
    }
    for (int64_t z = 0; z < r->zones; z++) {
        double ceiling = 0.0;
        for (int64_t b = 0; b < B; b++)
            if (r->buying[z * B + b] > 0.0) ceiling = max2(ceiling, r->value[r->zone_node[z] * B + b]);
        const double harvest = r->harvest_kg[z], offered = harvest * willing(r, z);
        const double gap = harvest > 0.0 ? (r->zone_demand_kg[z] - offered) / harvest : 0.0;
        double price = r->zone_price[z] * exp(r->price_response * min2(max2(gap, -1.0), 1.0));
        if (ceiling > 0.0) price = min2(price, ceiling);
        r->zone_price[z] = max2(price, r->marginal_cost[z]);
    }
}

void transit_step(const Run *r) {
    const int64_t B = r->brokers;
    int64_t degree = 0;
    for (int64_t n = 0; n < r->nodes; n++) {
        const int64_t here = (r->link_start[n + 1] - r->link_start[n]) * (r->slots + 1);
        degree = here > degree ? here : degree;
    }
    double *floats = malloc((degree * (1 + 3 * B) + 4 * B) * sizeof(double));
    int64_t *whole = malloc((2 * degree + B) * sizeof(int64_t));
    Desk d = {0, 0, whole, whole + degree, whole + 2 * degree, floats};
    d.weights = d.room + degree;
    d.asked = d.weights + degree * B;
    d.moved = d.asked + degree * B;
    d.lot = d.moved + degree * B;
    d.lots = d.lot + B;
    d.size = d.lots + B;
    d.refused = d.size + B;
    for (int64_t n = 0; n < r->nodes; n++) {
        if (r->zone[n] >= 0) buy(r, n, r->zone[n]);
        if (r->market[n] < 0) {
            ship(r, &d, n);
            continue;
        }
        for (int64_t b = 0; b < B; b++) {
            const double sold = r->stock[n * B + b], price = r->market_price[r->market[n]];
            r->arrivals_kg[r->market[n] * B + b] += sold;
            r->cash[b] += sold * price;
            r->money[CONSUMERS] += sold * price;
            r->stock[n * B + b] = 0.0;
        }
    }
    follow_up(r);
    free(floats);
    free(whole);
}
