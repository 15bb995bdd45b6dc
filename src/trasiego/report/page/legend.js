"use strict";
// What the map's lines, colours and marks mean.

page.legend = (element, width, largest, kinds) => {
  element.replaceChildren();
  page.widthLegend(d3.select(element).append("div").attr("class", "part"), width, largest);
  page.shareLegend(d3.select(element).append("div").attr("class", "part"));
  page.markLegend(d3.select(element).append("div").attr("class", "part keys"), new Set(kinds));
};

page.widthLegend = (part, width, largest) => {
  const step = 10 ** Math.floor(Math.log10(largest));
  const top = step * [5, 2, 1].find((times) => times * step <= largest);
  const shown = [top / 100, top / 10, top].filter((kg) => kg >= 1);
  part.append("div").text(page.text("legend_width"));
  const svg = part.append("svg").attr("width", 240).attr("height", 20).attr("aria-hidden", "true");
  shown.forEach((kg, index) => {
    const x = index * 82;
    svg.append("line").attr("x1", x).attr("x2", x + 26).attr("y1", 10).attr("y2", 10)
      .attr("stroke", "#6b625a").attr("stroke-width", Math.max(0.6, width(kg)));
    svg.append("text").attr("x", x + 32).attr("y", 14).text(page.mass(kg));
  });
};

page.shareLegend = (part) => {
  part.append("div").text(page.text("legend_share"));
  const svg = part.append("svg").attr("width", 240).attr("height", 28).attr("aria-hidden", "true");
  const steps = 48;
  d3.range(steps).forEach((step) => svg.append("rect")
    .attr("x", (step * 200) / steps).attr("y", 3).attr("width", 200 / steps + 0.5).attr("height", 8)
    .attr("fill", page.shareColour((page.topShare * step) / (steps - 1))));
  [[0, "start", "0 %"], [100, "middle", page.percent(page.topShare / 2)], [200, "end", `≥ ${page.percent(page.topShare)}`]]
    .forEach(([x, anchor, text]) => svg.append("text").attr("x", x).attr("y", 25).attr("text-anchor", anchor).text(text));
};

page.markLegend = (part, kinds) => {
  const marks = [["production_zone", "▲"], ["market", "■"], ["place", "●"]];
  marks.filter(([kind]) => kind === "place" || kinds.has(kind)).forEach(([kind, mark]) => {
    const key = part.append("span");
    key.append("span").style("color", page.colours[kind]).attr("aria-hidden", "true").text(mark);
    key.append("span").text(page.text(`legend_${kind}`));
  });
};
