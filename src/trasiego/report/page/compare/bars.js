"use strict";
// Intervals as bars, and the tables that are made of them: a row for each outcome, a column for each arm.

page.signed = (value, show = page.number) => (value > 0 ? `+${show(value)}` : show(value).replace("-", "−"));

page.signedRange = (low, high, show = page.number) => `${page.signed(low, show)} – ${page.signed(high, show)}`;

// A difference in percent of the level without an arm, where that is known.
page.parts = (each) => (each.relative === null ? null
  : [each.relative_low, each.relative, each.relative_high].map((part) => 100 * part));

page.bar = (low, middle, high, domain, told) => {
  const x = d3.scaleLinear().domain(domain).range([2, 98]);
  const at = (value) => `${x(value)}%`;
  const svg = d3.create("svg").attr("aria-hidden", "true").attr("class", told ? "told" : "untold");
  svg.append("line").attr("class", "zero").attr("x1", at(0)).attr("x2", at(0)).attr("y1", 0).attr("y2", 22);
  svg.append("line").attr("class", "interval").attr("x1", at(low)).attr("x2", at(high)).attr("y1", 11).attr("y2", 11);
  svg.append("circle").attr("cx", at(middle)).attr("cy", 11).attr("r", 4.5);
  return svg.node();
};

page.domain = (differences) => {
  const ends = differences.flatMap((each) => (each ? [each.low, each.high] : []));
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return low === high ? [-1, 1] : [low, high];
};

page.changeCell = (each, domain) => {
  const cell = document.createDocumentFragment();
  if (!each) {
    cell.append(page.text("no_answer"));
    return cell;
  }
  const percent = page.parts(each);
  const show = (value) => `${page.number(value, 2)} %`;
  const text = document.createElement("small");
  const main = page.node("span", percent ? page.signed(percent[1], show) : page.signed(each.mean),
    each.distinct ? "told-text" : "");
  const interval = percent ? page.signedRange(percent[0], percent[2], show) : page.signedRange(each.low, each.high);
  text.append(main, page.node("span", interval));
  cell.append(page.bar(each.low, each.mean, each.high, domain, each.distinct), text);
  return cell;
};

page.outcomeName = (payload, row) => {
  const cell = document.createDocumentFragment();
  const place = payload.markets[row.entity];
  cell.append(place ?? row.title, page.node("small", payload.units[row.unit]));
  return cell;
};

page.changesTable = (payload, id, rows) => {
  page.table(document.getElementById(id), [
    { head: page.text("outcome"), cell: (row) => page.outcomeName(payload, row) },
    {
      head: page.text("without"), number: true,
      cell: (row) => page.withSmall(page.number(row.base.median), page.range(row.base.low, row.base.high)),
    },
    ...payload.arms.map((arm, index) => ({
      head: arm.name, kind: "change",
      cell: (row) => page.changeCell(row.differences[index], page.domain(row.differences)),
    })),
  ], rows);
};

page.apartTable = (payload) => {
  const pairs = [...new Set(payload.pairs.map((row) => `${row.second}\n${row.first}`))];
  const found = (pair, row) => payload.pairs.find((each) => (
    `${each.second}\n${each.first}` === pair && each.outcome === row.outcome))?.difference;
  const shown = payload.arms.length > 1;
  document.getElementById("apart").hidden = !shown;
  if (!shown) return;
  page.table(document.getElementById("apart-table"), [
    { head: page.text("outcome"), cell: (row) => page.outcomeName(payload, row) },
    ...pairs.map((pair) => {
      const [second, first] = pair.split("\n");
      return {
        head: page.text("pair", { second, first }), kind: "change",
        cell: (row) => page.changeCell(found(pair, row), page.domain(pairs.map((each) => found(each, row)))),
      };
    }),
  ], payload.world);
};
