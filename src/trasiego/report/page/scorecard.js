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
  line.append(part.value === null ? "–" : page.interval(part.value));
  if (part.holds === false) line.append(" ", page.node("span", "✗", "verdict fails"));
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
  page.patternRows(document.getElementById("scorecard-table"), payload.scorecard);
};

// One row for each number of a pattern; what holds for the pattern as a whole spans its rows.
page.patternRows = (table, patterns) => {
  const whole = [
    { head: page.text("pattern"), cell: (row) => page.stacked([row.id, page.node("small", page.text(`pattern_${row.kind}`))]) },
    { head: page.text("pattern_text"), cell: (row) => page.stacked([page.node("b", row.title), row.text]), kind: "wide" },
    { head: page.text("pattern_result"), cell: page.patternResult },
    { head: page.text("source"), cell: (row) => page.stacked([
      page.node("small", row.source), page.claimLinks(row.claims)]), kind: "refs" },
  ];
  const each = [
    { head: page.text("pattern_number"), cell: (part) => page.node("small", part.name) },
    { head: page.text("pattern_band"), cell: page.band },
    { head: page.text("pattern_model"), cell: page.partResult, kind: "model" },
  ];
  const columns = [...whole.slice(0, 2), ...each, ...whole.slice(2)];
  page.table(table, columns.map(({ head, kind }) => ({ head, kind })), []);
  const body = table.tBodies[0];
  if (patterns.length) body.replaceChildren();
  patterns.forEach((row) => row.parts.forEach((part, index) => {
    const line = body.insertRow();
    if (index) line.className = "more";
    columns.forEach((column) => {
      if (index && whole.includes(column)) return;
      const cell = line.insertCell();
      if (column.kind) cell.className = column.kind;
      if (whole.includes(column)) cell.rowSpan = row.parts.length;
      cell.append(column.cell(whole.includes(column) ? row : part));
    });
  }));
};
