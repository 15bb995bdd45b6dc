"use strict";
// The network as a drawing: marks for parties, lines for relations, laid out once and then still.

const SHAPES = {
  person: d3.symbolTriangle, group: d3.symbolCircle, agency: d3.symbolSquare, place: d3.symbolDiamond,
  organization: d3.symbolSquare, publisher: d3.symbolWye, role: d3.symbolTriangle, actor: d3.symbolCircle,
  thing: d3.symbolSquare,
};
const LABELLED = 70; // more lines than these show their predicate only when chosen
const NARROW = 26; // letters of a label before it is broken

page.mark = (type, size) => d3.symbol(SHAPES[type] ?? d3.symbolCircle, size)();

// Statements of one predicate between the same two parties are one line.
page.ties = (edges, unsure) => {
  const groups = d3.group(edges, (edge) => `${edge.source}|${edge.predicate}|${edge.target}`);
  const ties = Array.from(groups, ([id, stated]) => ({
    id, stated, source: stated[0].source, target: stated[0].target, predicate: stated[0].predicate,
    unsure: stated.every((edge) => unsure.includes(edge.modality)),
  }));
  const pairs = d3.group(ties, (tie) => [tie.source, tie.target].sort().join("|"));
  pairs.forEach((both) => both.forEach((tie, index) => {
    const turned = tie.source > tie.target ? -1 : 1;
    tie.bend = turned * (index - (both.length - 1) / 2);
  }));
  return ties;
};

page.layout = (nodes, ties, width, height) => {
  const links = ties.map(({ source, target }) => ({ source, target }));
  const simulation = d3.forceSimulation(nodes)
    .force("link", d3.forceLink(links).id((node) => node.id).distance(145).strength(0.5))
    .force("charge", d3.forceManyBody().strength(-620).distanceMax(700))
    .force("apart", d3.forceCollide(52))
    .force("x", d3.forceX(0).strength(0.05 * Math.min(1, height / width)))
    .force("y", d3.forceY(0).strength(0.05 * Math.min(1.6, width / height)))
    .stop();
  const steps = Math.max(80, Math.min(320, 60000 / nodes.length));
  for (let step = 0; step < steps; step += 1) simulation.tick();
};

// The path of a line, bent where several join the same parties; a loop where both ends are one party.
page.path = (tie, byId) => {
  const a = byId.get(tie.source);
  const b = byId.get(tie.target);
  if (a === b) return { d: `M${a.x - 6},${a.y - 8}c-26,-44 38,-44 12,0`, x: a.x, y: a.y - 46 };
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  const bow = tie.bend * Math.min(46, length * 0.3) * 1.3;
  const [cx, cy] = [(a.x + b.x) / 2 - (dy / length) * bow, (a.y + b.y) / 2 + (dx / length) * bow];
  const trim = (from) => {
    const away = Math.hypot(cx - from.x, cy - from.y) || 1;
    return [from.x + ((cx - from.x) / away) * 13, from.y + ((cy - from.y) / away) * 13];
  };
  const [[x0, y0], [x1, y1]] = [trim(a), trim(b)];
  return { d: `M${x0},${y0}Q${cx},${cy} ${x1},${y1}`, x: (a.x + b.x + 2 * cx) / 4, y: (a.y + b.y + 2 * cy) / 4 };
};

page.lines = (label) => {
  const lines = [""];
  label.split(" ").forEach((word) => {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length > NARROW && lines.length < 3) lines.push(word);
    else lines[last] = `${lines[last]} ${word}`.trim();
  });
  return lines.map((line) => (line.length > 2 * NARROW ? `${line.slice(0, 2 * NARROW)}…` : line));
};

page.drawing = (svg, choose) => {
  const root = d3.select(svg);
  root.append("defs").append("marker").attr("id", "arrow").attr("viewBox", "0 -5 10 10").attr("refX", 9)
    .attr("markerWidth", 8).attr("markerHeight", 8).attr("markerUnits", "userSpaceOnUse").attr("orient", "auto")
    .append("path").attr("d", "M0,-4L10,0L0,4Z");
  const stage = root.append("g");
  const zoom = d3.zoom().scaleExtent([0.15, 6])
    .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.button))
    .on("zoom", ({ transform }) => {
      stage.attr("transform", transform).style("--grow", transform.k < 1 ? transform.k ** -0.55 : 1);
    });
  root.call(zoom).on("dblclick.zoom", null);
  const drawn = { nodes: [], ties: [], byId: new Map() };

  const press = (selection, kind) => selection.attr("tabindex", 0).attr("role", "button")
    .on("click", (event, each) => { event.stopPropagation(); choose(kind, each); })
    .on("keydown", (event, each) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(kind, each); }
    });
  const place = () => {
    stage.selectAll(".tie").each(function put(tie) {
      const { d, x, y } = page.path(tie, drawn.byId);
      d3.select(this).selectAll("path").attr("d", d);
      d3.select(this).select("text").attr("x", x).attr("y", y + 4);
    });
    stage.selectAll(".party").attr("transform", (node) => `translate(${node.x},${node.y})`);
  };

  drawn.fit = () => {
    if (!drawn.nodes.length) return;
    const { width, height } = svg.getBoundingClientRect();
    const [x0, x1] = d3.extent(drawn.nodes, (node) => node.x);
    const [y0, y1] = d3.extent(drawn.nodes, (node) => node.y);
    const k = Math.min(1.5, width / (x1 - x0 + 170), (height - 50) / (y1 - y0 + 90));
    const to = d3.zoomIdentity.translate(width / 2, (height - 24) / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
    root.call(zoom.transform, to);
  };
  drawn.zoom = (by) => root.call(zoom.scaleBy, by);
  drawn.choose = (tie, node) => {
    const near = new Set(node ? [node.id] : tie ? [tie.source, tie.target] : []);
    const ties = drawn.ties.filter((each) => each === tie || (node && [each.source, each.target].includes(node.id)));
    ties.forEach((each) => { near.add(each.source); near.add(each.target); });
    stage.selectAll(".tie").classed("chosen", (each) => each === tie).classed("near", (each) => near.size && ties.includes(each))
      .classed("dim", (each) => near.size && !ties.includes(each));
    stage.selectAll(".party").classed("chosen", (each) => each === node).classed("dim", (each) => near.size && !near.has(each.id));
  };
  drawn.draw = (nodes, ties) => {
    Object.assign(drawn, { nodes, ties, byId: new Map(nodes.map((node) => [node.id, node])) });
    const { width, height } = svg.getBoundingClientRect();
    page.layout(nodes, ties, width || 800, height || 600);
    stage.selectAll("*").remove();
    const lines = stage.selectAll(".tie").data(ties).join("g").attr("class", "tie").classed("unsure", (tie) => tie.unsure);
    lines.append("path").attr("class", "line").attr("marker-end", "url(#arrow)").attr("stroke-width", (tie) => 1 + Math.min(3, Math.sqrt(tie.stated.length) * 0.6));
    lines.append("path").attr("class", "reach");
    lines.append("text").text((tie) => page.label("predicate", tie.predicate));
    stage.classed("quiet", ties.length > LABELLED);
    lines.attr("aria-label", (tie) => page.sentence(tie, drawn.byId));
    press(lines, "tie");
    const marks = stage.selectAll(".party").data(nodes).join("g").attr("class", (node) => `party ${node.type}`);
    marks.append("path").attr("class", "mark").attr("d", (node) => page.mark(node.type, 190));
    marks.each(function name(node) {
      const text = d3.select(this).append("text");
      page.lines(node.label).forEach((line, index) => text.append("tspan").attr("x", 0).attr("dy", index ? "1.1em" : 0).text(line));
      text.attr("y", 23);
    });
    marks.attr("aria-label", (node) => `${node.label}, ${page.label("type", node.type)}`);
    press(marks, "party");
    marks.call(d3.drag().clickDistance(4).on("drag", (event, node) => {
      Object.assign(node, { x: event.x, y: event.y });
      place();
    }));
    place();
    drawn.fit();
  };
  root.on("click", () => choose(null, null));
  return drawn;
};
