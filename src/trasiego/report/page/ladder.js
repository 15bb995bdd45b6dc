"use strict";
// The price ladder: the model's price at each stage beside the range that was reported, a row for each stage.

page.ladder = (payload) => {
  const { ladder } = payload;
  const known = ladder.flatMap((stage) => [...(stage.price ?? []), stage.reported_low, stage.reported_high])
    .filter((value) => value > 0);
  const x = d3.scaleLog().domain([d3.min(known) * 0.75, d3.max(known) * 1.3]).range([0, 100]);
  const ticks = page.ladderTicks(x);
  page.table(document.getElementById("ladder"), [
    { head: page.text("stage"), cell: (stage) => stage.title },
    { head: page.ladderKeys(), cell: (stage) => page.ladderPlot(stage, x, ticks), kind: "plot" },
    { head: page.text("model_price"), number: true, cell: (stage) => (stage.price
      ? page.interval(stage.price) : page.node("small", stage.reason)) },
    { head: page.text("reported_price"), number: true, cell: (stage) => page.range(stage.reported_low, stage.reported_high) },
    { head: page.text("claims"), cell: (stage) => page.claimLinks(stage.claims), kind: "refs" },
  ], ladder);
  const foot = document.getElementById("ladder").createTFoot().insertRow();
  foot.insertCell();
  const axis = foot.insertCell();
  axis.className = "plot";
  axis.append(page.ladderAxis(x, ticks));
};

page.ladderTicks = (x) => {
  const [low, high] = x.domain();
  const all = x.ticks().filter((tick) => tick >= low && tick <= high);
  const nice = all.filter((tick) => "125".includes(tick.toExponential()[0]));
  return nice.length > 10 ? nice.filter((tick) => tick.toExponential()[0] === "1") : nice;
};

page.ladderKeys = () => {
  const keys = page.node("span", "", "keys");
  [["model", "ladder_model"], ["reported", "ladder_reported"]].forEach(([key, text]) => {
    const entry = page.node("span", "");
    entry.append(page.node("i", "", `key-${key}`), page.node("span", page.text(text)));
    keys.append(entry);
  });
  return keys;
};

page.ladderPlot = (stage, x, ticks) => {
  const svg = d3.create("svg").attr("height", 40).attr("aria-hidden", "true");
  const at = (value) => `${x(value)}%`;
  ticks.forEach((tick) => svg.append("line").attr("class", "grid")
    .attr("x1", at(tick)).attr("x2", at(tick)).attr("y1", 0).attr("y2", 40));
  if (stage.reported_low > 0) {
    svg.append("line").attr("class", "reported").attr("x1", at(stage.reported_low)).attr("x2", at(stage.reported_high))
      .attr("y1", 20).attr("y2", 20);
  }
  if (stage.price && stage.price[1] > 0) {
    const [low, median, high] = stage.price;
    svg.append("line").attr("class", "model-range").attr("x1", at(low)).attr("x2", at(high)).attr("y1", 20).attr("y2", 20);
    svg.append("circle").attr("class", "model-dot").attr("cx", at(median)).attr("cy", 20).attr("r", 5.5);
  }
  return svg.node();
};

page.ladderAxis = (x, ticks) => {
  const svg = d3.create("svg").attr("height", 22).attr("class", "axis").attr("aria-hidden", "true");
  ticks.forEach((tick) => svg.append("text").attr("x", `${x(tick)}%`).attr("y", 15).attr("text-anchor", "middle")
    .attr("class", tick.toExponential()[0] === "1" ? null : "minor").text(page.axisNumber(tick)));
  return svg.node();
};
