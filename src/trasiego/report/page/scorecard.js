"use strict";
// The scorecard: each pattern with its band, what the model gives, and whether it holds. Failures stand first.

page.verdict = (holds) => {
  const [name, mark] = holds === true ? ["holds", "✓"] : holds === false ? ["fails", "✗"] : ["open", "–"];
  return page.node("span", `${mark} ${page.text(`verdict_${name}`)}`, `verdict ${name}`);
};

page.stacked = (nodes) => {
  const all = document.createDocumentFragment();
  nodes.filter(Boolean).forEach((node) => {
    const line = page.node("div", "");
    line.append(node);
    all.append(line);
  });
  return all;
};

page.band = ({ low, high, unit }) => {
  const named = page.unit(unit);
  const after = named ? ` ${named}` : "";
  if (low === null && high === null) return "–";
  if (low === null) return page.text("at_most", { value: page.number(high) }) + after;
  if (high === null) return page.text("at_least", { value: page.number(low) }) + after;
  return (low === high ? page.number(low) : page.range(low, high)) + after;
};

page.partResult = (part) => {
  const line = document.createDocumentFragment();
  if (part.value === null) {
    line.append("–");
    return line;
  }
  const [low, median, high] = part.value;
  line.append(page.number(median));
  if (part.holds === false) line.append(" ", page.node("span", "✗", "verdict fails"));
  if (low !== high) line.append(" ", page.node("small", `[${page.range(low, high)}]`));
  return line;
};

page.patternResult = (row) => page.stacked([
  page.verdict(row.holds),
  row.holds === false && row.distance !== null
    ? page.node("small", page.text("pattern_distance", { distance: page.number(row.distance, 2) })) : null,
  row.reason ? page.node("small", row.reason) : null,
  row.scenario ? page.node("small", page.text("needs_scenario", { scenario: row.scenario })) : null,
]);

page.scorecardTable = (payload) => {
  const counts = document.getElementById("scorecard-counts");
  [true, false, null].forEach((holds) => {
    const verdict = page.verdict(holds);
    verdict.textContent = `${verdict.textContent}: ${payload.scorecard.filter((row) => row.holds === holds).length}`;
    if (payload.scorecard.length) counts.append(verdict);
  });
  page.table(document.getElementById("scorecard-table"), [
    { head: page.text("pattern"), cell: (row) => page.stacked([row.id, page.node("small", page.text(`pattern_${row.kind}`))]) },
    { head: page.text("pattern_result"), cell: page.patternResult },
    { head: page.text("pattern_text"), cell: (row) => page.stacked([page.node("b", row.title), row.text]), kind: "wide" },
    { head: page.numbersHead(), cell: page.numbers, kind: "parts" },
    { head: page.text("source"), cell: (row) => page.stacked([
      page.node("small", row.source), page.claimLinks(row.claims)]), kind: "refs" },
  ], payload.scorecard);
};

// A pattern of several numbers has a line for each: what it is, its band, what the model gives.
page.numbersHead = () => {
  const line = page.node("span", "", "part");
  line.append(...["pattern_number", "pattern_band", "pattern_model"].map((key) => page.node("span", page.text(key))));
  return line;
};

page.numbers = (row) => {
  const lines = document.createDocumentFragment();
  row.parts.forEach((part) => {
    const line = page.node("div", "", "part");
    const model = page.node("span", "");
    model.append(page.partResult(part));
    line.append(page.node("small", part.name), page.node("span", page.band(part)), model);
    lines.append(line);
  });
  return lines;
};
