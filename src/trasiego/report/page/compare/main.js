"use strict";
// Put the page of a comparison together.

page.costText = (cost) => {
  if (cost.cost === null) return page.node("small", cost.note);
  const high = cost.cost.high === null ? page.text("no_end") : page.number(cost.cost.high, 2);
  const range = `${page.number(cost.cost.low, 2)} – ${high}`;
  return page.withSmall(page.number(cost.cost.value, 2), cost.note ? `${range}; ${cost.note}` : range);
};

page.costsTable = (payload) => {
  page.table(document.getElementById("costs-table"), [
    { head: page.text("arm"), cell: (arm) => arm.name },
    {
      head: page.text("cost_month"), number: true,
      cell: (arm) => (arm.cost_usd_per_month
        ? page.withSmall(page.number(arm.cost_usd_per_month.value),
          page.range(arm.cost_usd_per_month.low, arm.cost_usd_per_month.high))
        : "–"),
    },
    { head: page.text("cost_kg"), number: true, cell: (arm) => page.costText(arm.kg_kept) },
    { head: page.text("cost_killing"), number: true, cell: (arm) => page.costText(arm.killing_avoided) },
  ], payload.arms);
};

page.runsTable = (payload) => {
  const lines = payload.world.flatMap((row) => payload.arms.flatMap((arm, index) => (
    row.differences[index] ? [{ row, arm, each: row.differences[index] }] : [])));
  const level = (row) => row.base.median;
  page.table(document.getElementById("runs-table"), [
    { head: page.text("outcome"), cell: ({ row }) => row.title },
    { head: page.text("arm"), cell: ({ arm }) => arm.name },
    {
      head: page.text("told"),
      cell: ({ each }) => page.node("span", page.text(each.distinct ? "yes" : "no"), each.distinct ? "told-text" : ""),
    },
    {
      head: page.text("smallest"), number: true,
      cell: ({ row, each }) => (level(row) ? page.withSmall(page.number(each.smallest),
        `${page.number((100 * each.smallest) / Math.abs(level(row)), 2)} %`) : page.number(each.smallest)),
    },
    {
      head: page.text("needed"), number: true,
      cell: ({ each }) => (each.runs_needed === null ? page.text("the_same") : page.number(each.runs_needed)),
    },
    {
      head: page.text("ratio"), number: true,
      cell: ({ each }) => (each.variance_ratio === null ? "–" : page.number(each.variance_ratio, 2)),
    },
  ], lines);
};

page.policyList = (payload) => {
  const list = document.getElementById("policy-list");
  payload.policies.forEach((policy) => {
    const part = document.createElement("article");
    part.append(page.node("h3", policy.title), page.node("p", policy.description));
    if (policy.mechanism) part.append(page.node("p", policy.mechanism));
    const facts = document.createElement("dl");
    const fact = (name, value) => { if (value) facts.append(page.node("dt", page.text(name)), page.node("dd", value)); };
    fact("policy", policy.name);
    if (policy.cost) {
      fact("cost_month", `${page.number(policy.cost.value)} (${page.range(policy.cost.low, policy.cost.high)}), ${policy.cost.status}`);
      fact("basis", policy.cost.derivation || policy.cost.note);
    }
    fact("claims", [...new Set([...policy.claims, ...(policy.cost?.claims ?? [])])].join(", "));
    part.append(facts);
    list.append(part);
  });
};

page.start = () => {
  const payload = page.load();
  payload.world = payload.outcomes.filter((row) => row.entity === "world");
  page.changesTable(payload, "changes-table", payload.world);
  page.changesTable(payload, "markets-table", payload.outcomes.filter((row) => row.outcome === "market_price"));
  page.where(payload);
  page.costsTable(payload);
  page.apartTable(payload);
  page.runsTable(payload);
  page.policyList(payload);
  document.documentElement.dataset.ready = "yes";
};

page.start();
