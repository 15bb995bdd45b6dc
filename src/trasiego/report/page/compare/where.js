"use strict";
// Where the flow goes under one arm: a map of the countries that lose and gain, and the same as a table.

page.where = (payload) => {
  const select = document.getElementById("arm");
  payload.arms.forEach((arm, index) => select.append(new Option(arm.name, index)));
  const draw = page.countryMap(payload);
  const show = () => {
    const arm = payload.arms[Number(select.value)];
    draw(arm.displacement.countries);
    page.countriesTable(arm.displacement.countries);
    document.getElementById("share").textContent = page.shareText(arm.displacement);
  };
  select.addEventListener("change", show);
  show();
};

page.shareText = ({ lost_most: lost, share }) => (share ? page.text("share_text", {
  country: page.label("country", lost), share: page.number(share.median, 2),
  range: page.range(share.low, share.high, (value) => page.number(value, 2)),
}) : page.text("share_none"));

page.countryMap = (payload) => {
  const [width, height] = [760, 520];
  const shapes = topojson.feature(payload.outlines, payload.outlines.objects.countries);
  const seen = new Set(payload.arms.flatMap((arm) => arm.displacement.countries.map((row) => row.country)));
  const inside = { type: "FeatureCollection", features: shapes.features.filter((shape) => seen.has(shape.id)) };
  const projection = d3.geoEqualEarth().rotate([68, 0]);
  // Far islands and provinces would shrink the map of many countries: it is fitted to their middles.
  const middles = { type: "MultiPoint", coordinates: inside.features.map((shape) => d3.geoCentroid(shape)) };
  projection.fitExtent([[50, 40], [width - 50, height - 40]], inside.features.length < 8 ? inside : middles);
  const path = d3.geoPath(projection);
  const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img")
    .attr("aria-label", page.text("map_label"));
  document.getElementById("country-map").append(svg.node());
  return (rows) => {
    const change = new Map(rows.map((row) => [row.country, row.difference]));
    const most = d3.max(rows, (row) => Math.abs(row.difference.mean)) || 1;
    const colour = d3.scaleDiverging([-most, 0, most], d3.interpolateRdBu);
    const fill = (shape) => {
      const each = change.get(shape.id);
      if (!each) return "#fdfcfa";
      return each.distinct ? colour(each.mean) : "#eef0f2";
    };
    svg.selectAll("path").data(shapes.features).join("path").attr("d", path).attr("fill", fill)
      .on("pointermove", (event, shape) => {
        const each = change.get(shape.id);
        if (each) page.tip.show(event.clientX, event.clientY, page.label("country", shape.id), page.tipPairs(each));
      })
      .on("pointerleave", () => page.tip.hide());
    page.mapLegend(svg, colour, most, height);
  };
};

page.tipPairs = (each) => [
  [page.text("change"), `${page.signed(each.mean)} ${page.text("tonnes_year")}`],
  [page.text("interval"), page.signedRange(each.low, each.high)],
];

page.mapLegend = (svg, colour, most, height) => {
  const key = svg.selectAll("g.key-map").data([0]).join("g").attr("class", "key-map").attr("transform", `translate(14,${height - 46})`);
  key.selectAll("rect").data(d3.range(-4, 5)).join("rect").attr("x", (step) => (step + 4) * 22).attr("width", 22)
    .attr("height", 10).attr("fill", (step) => (step ? colour((step * most) / 4) : "#eef0f2"));
  const words = [[0, "start", page.signed(-most)], [99, "middle", page.text("untold_short")], [198, "end", page.signed(most)]];
  key.selectAll("text").data(words).join("text").attr("x", (word) => word[0]).attr("y", 26)
    .attr("text-anchor", (word) => word[1]).text((word) => word[2]);
};

page.countriesTable = (rows) => {
  const shown = [...rows].sort((a, b) => Math.abs(b.difference.mean) - Math.abs(a.difference.mean)).slice(0, 14);
  shown.sort((a, b) => a.difference.mean - b.difference.mean);
  const domain = page.domain(shown.map((row) => row.difference));
  document.getElementById("countries-table").classList.add("arms");
  page.table(document.getElementById("countries-table"), [
    { head: page.text("country"), cell: (row) => page.label("country", row.country) },
    { head: page.text("without_t"), number: true, cell: (row) => page.number(row.base) },
    { head: page.text("change_t"), number: true, cell: (row) => page.signed(row.difference.mean) },
    { head: page.text("interval"), kind: "change", cell: (row) => page.changeCell(row.difference, domain) },
  ], shown);
};
