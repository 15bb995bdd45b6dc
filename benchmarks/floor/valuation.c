/* Capacity, the passes ahead and the valuation as plain loops over the model's own arrays, equations as in
   docs/model.md: what a compiler makes of them is the floor. */
#include "common.h"

static void capacities(const Run *r) {
    const int64_t m1 = r->slots + 1;
    for (int64_t l = 0; l < r->links; l++) {
        double *capacity = r->capacity + l * m1, total;
        total = capacity[r->slots] = r->latent_loads * r->load_kg[l];
        for (int64_t m = 0; m < r->slots; m++) {
            const int64_t g = r->offer_group[l * r->slots + m];
            capacity[m] = g >= 0 ? r->members[g] * r->share[l * r->slots + m] / r->time_per_kg[l] : 0.0;
            total += capacity[m];
        }
        if (total > r->link_limit[l])
            for (int64_t m = 0; m < m1; m++) capacity[m] *= r->link_limit[l] / total;
    }
}

static void look_ahead(const Run *r) {
    const int64_t B = r->brokers, m1 = r->slots + 1;
    double *by_link = calloc(2 * r->links + r->nodes * (B + 1), sizeof(double));
    double *coming = by_link + r->links, *incoming = coming + r->links, *ease = incoming + r->nodes;
    for (int64_t l = 0; l < r->links; l++)
        for (int64_t m = 0; m < m1; m++) by_link[l] += r->capacity[l * m1 + m];
    for (int64_t n = 0; n < r->nodes; n++) {
        double out = 0.0, there = incoming[n] + (r->zone[n] >= 0 ? r->harvest_kg[r->zone[n]] : 0.0);
        for (int64_t l = r->link_start[n]; l < r->link_start[n + 1]; l++) out += by_link[l];
        for (int64_t b = 0; b < B; b++) there += r->stock[n * B + b];
        for (int64_t l = r->link_start[n]; l < r->link_start[n + 1]; l++) {
            coming[l] = out > 0.0 ? by_link[l] * min2(1.0, there / out) : 0.0;
            incoming[r->head[l]] += coming[l] * r->ratio[l];
        }
    }
    for (int64_t n = r->nodes - 1; n >= 0; n--) {
        double waiting = 0.0;
        for (int64_t b = 0; b < B; b++) waiting += r->stock[n * B + b];
        for (int64_t b = 0; b < B; b++) {
            double slackened = 0.0, tight = 0.0, easiest = 0.0;
            if (r->market[n] >= 0) {
                slackened = tight = easiest = r->access[r->market[n] * B + b] > 0.0 ? INFINITY : 0.0;
            } else {
                for (int64_t l = r->link_start[n]; l < r->link_start[n + 1]; l++) {
                    const double there = ease[r->head[l] * B + b];
                    if (there > 0.0) {
                        const double part = coming[l] > 0.0 ? coming[l] * there : INFINITY;
                        easiest = max2(easiest, there);
                        tight += min2(by_link[l], part);
                        slackened += min2(by_link[l], r->slack * part);
                    }
                }
            }
            r->node_capacity[n * B + b] = slackened;
            const double room = tight < INFINITY ? max2(0.05 * tight, tight - waiting) : INFINITY;
            if (room > 0.0) ease[n * B + b] = incoming[n] > 0.0 ? room / incoming[n] : easiest;
            r->open_power[n * B + b] = pow(min2(1.0, r->slack * ease[n * B + b]), r->concavity);
        }
    }
    free(by_link);
}

/* Utilities of the named and the ad hoc carriers of a link. */
static inline void appraise(const Run *r, int64_t l) {
    const int64_t B = r->brokers;
    const double fee = r->fee_log[l] * r->fee_factor[l], dear = fee * r->latent_fee_factor, cost = r->cost[l];
    const double way = exp(-r->rent[l] - fee), dearer = exp(fee - dear), effect = r->escort_effect[l];
    const double guards = max2(r->escort_usd[l], r->escort_minimum[l] / r->lot_kg);
    double *named = r->utility + 2 * l * B, *latent = named + B;
    double *named_mean = r->average + 2 * l * B, *latent_mean = named_mean + B;
    for (int64_t b = 0; b < B; b++) {
        const double ahead = r->ratio[l] * r->value[r->head[l] * B + b], toll = r->toll[l * B + b];
        const double risk = -log1p(-r->perceived[l * B + b]), base = risk + r->rent[l] + toll;
        r->escorted[l * B + b] = 0.0;
        r->risk[l * B + b] = risk;
        if (ahead <= 0.0) {
            named[b] = latent[b] = named_mean[b] = latent_mean[b] = 0.0;
            continue;
        }
        double kept = (1.0 - r->perceived[l * B + b]) * way;
        if (toll > 0.0) kept *= exp(-toll);
        worth(ahead, base + fee, kept, cost, named + b, named_mean + b);
        if (r->escort_here[l] > 0) {
            double safer, safer_mean;
            const double share = base + fee - risk * effect;
            worth(ahead, share, exp(-share), cost + guards, &safer, &safer_mean);
            if (safer > named[b]) {
                named[b] = safer;
                named_mean[b] = safer_mean;
                r->escorted[l * B + b] = 1.0;
            }
        }
        worth(ahead, base + dear, kept * dearer, cost, latent + b, latent_mean + b);
    }
}

static inline void weigh(const Run *r, int64_t l, const double *best, double *top, double *bottom, double *pull) {
    const int64_t B = r->brokers, M = r->slots;
    const double *capacity = r->capacity + l * (M + 1), *open = r->open_power + r->head[l] * B;
    double named_kg = 0.0;
    for (int64_t m = 0; m < M; m++) named_kg += capacity[m];
    const double total = named_kg + capacity[M], latent_pull = capacity[M] * r->trust_ad_hoc;
    const double concave = total > 0.0 ? pow(total, r->concavity - 1.0) : 0.0;
    memset(pull, 0, B * sizeof(double));
    for (int64_t m = 0; m < M; m++)
        if (capacity[m] > 0.0) {
            const double *trust = r->trust_power + r->offer_group[l * M + m] * B;
            for (int64_t b = 0; b < B; b++) pull[b] += capacity[m] * trust[b];
        }
    const double *named = r->utility + 2 * l * B, *latent = named + B;
    double *named_weight = r->weight + 2 * l * B, *latent_weight = named_weight + B;
    for (int64_t b = 0; b < B; b++) {
        named_weight[b] = latent_weight[b] = 0.0;
        if (best[b] <= 0.0 || open[b] <= 0.0) continue;
        const double rate = 1.0 / (r->choice_scale * best[b]), room = concave * open[b];
        if (named_kg > 0.0 && named[b] > 0.0) named_weight[b] = room * exp((named[b] - best[b]) * rate);
        if (latent_pull > 0.0 && latent[b] > 0.0) latent_weight[b] = room * exp((latent[b] - best[b]) * rate);
        const double first = pull[b] * named_weight[b], second = latent_pull * latent_weight[b];
        top[b] += first * named[b] + second * latent[b];
        bottom[b] += first + second;
    }
}

void valuation_step(const Run *r) {
    const int64_t B = r->brokers, M = r->slots;
    double best[B], top[B], bottom[B], pull[B];
    capacities(r);
    look_ahead(r);
    for (int64_t n = r->nodes - 1; n >= 0; n--) {
        const int64_t q = r->market[n], first = r->link_start[n], last = r->link_start[n + 1];
        if (q >= 0) {
            for (int64_t b = 0; b < B; b++) r->value[n * B + b] = r->market_price[q] * r->access[q * B + b];
            continue;
        }
        for (int64_t b = 0; b < B; b++) best[b] = top[b] = bottom[b] = 0.0;
        for (int64_t l = first; l < last; l++) {
            const double *capacity = r->capacity + l * (M + 1);
            int named = 0;
            appraise(r, l);
            for (int64_t m = 0; m < M; m++) named = named || capacity[m] > 0.0;
            for (int64_t b = 0; b < B; b++)
                if (r->open_power[r->head[l] * B + b] > 0.0) {
                    if (named) best[b] = max2(best[b], r->utility[2 * l * B + b]);
                    if (capacity[M] > 0.0) best[b] = max2(best[b], r->utility[(2 * l + 1) * B + b]);
                }
        }
        for (int64_t l = first; l < last; l++) weigh(r, l, best, top, bottom, pull);
        for (int64_t b = 0; b < B; b++) r->value[n * B + b] = bottom[b] > 0.0 ? top[b] / bottom[b] : 0.0;
    }
}
