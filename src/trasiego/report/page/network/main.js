"use strict";
// Put the page of a network together.

page.kinds = (holder, types) => {
  const svg = (shape) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    made.append(shape);
    return made;
  };
  const shape = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const add = (part, text, className) => {
    const span = page.node("span", "", className);
    span.append(svg(part), page.node("span", text));
    span.lastChild.style.color = "var(--soft)";
    holder.append(span);
  };
  types.forEach((type) => {
    add(shape("path", { d: page.mark(type, 90), class: "mark", transform: "translate(8,7)" }), page.label("type", type), type);
  });
  add(shape("path", { d: "M0,7h16", stroke: "#8a94a3", "stroke-width": 2 }), page.text("sure"), "");
  add(shape("path", { d: "M0,7h16", stroke: "#8a94a3", "stroke-width": 2, "stroke-dasharray": "5 3" }), page.text("unsure"), "");
};

page.start = () => {
  const payload = page.load();
  const holder = document.getElementById("sources");
  const nothing = holder.firstElementChild;
  const select = document.getElementById("document");
  const alone = document.getElementById("alone");
  const every = new Map(payload.nodes.map((node) => [node.id, node]));
  [...new Set(payload.edges.map((edge) => edge.document))].sort().forEach((name) => {
    select.append(Object.assign(document.createElement("option"), { value: name, textContent: name }));
  });

  const choose = (kind, each) => {
    drawing.choose(kind === "tie" ? each : null, kind === "party" ? each : null);
    if (kind === "tie") page.showTie(holder, each, every, payload.unsure);
    else if (kind === "party") page.showParty(holder, each, drawing.ties, every, choose);
    else holder.replaceChildren(nothing);
  };
  const drawing = page.drawing(document.getElementById("drawing"), choose);
  const show = () => {
    const edges = payload.edges.filter((edge) => !select.value || edge.document === select.value);
    const tied = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    const shown = (node) => tied.has(node.id)
      || (alone.checked && (!select.value || node.documents.includes(select.value)));
    const nodes = payload.nodes.filter(shown);
    drawing.draw(nodes, page.ties(edges, payload.unsure));
    choose(null, null);
    page.statementsTable(edges, every, payload.unsure);
  };

  page.kinds(document.getElementById("kinds"), [...new Set(payload.nodes.map((node) => node.type))]);
  select.addEventListener("change", show);
  alone.addEventListener("change", show);
  document.querySelectorAll(".tools button").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.zoom === "all") drawing.fit();
    else drawing.zoom(button.dataset.zoom === "in" ? 1.4 : 1 / 1.4);
  }));
  show();
  document.documentElement.dataset.ready = "yes";
};

page.start();
