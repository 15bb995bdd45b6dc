"use strict";
// Who says so: the statements behind a line or a party, and the table of all of them.

page.sentence = (tie, byId) => [
  byId.get(tie.source).label, page.label("predicate", tie.predicate), byId.get(tie.target).label,
].join(" ");

// The sentence of the report with the words that say it marked, or the words alone.
page.quoted = (edge, kind) => {
  const quote = document.createElement(kind);
  const at = edge.sentence ? edge.sentence.indexOf(edge.quote) : -1;
  if (at < 0) { quote.textContent = edge.quote; return quote; }
  quote.append(edge.sentence.slice(0, at), page.node("mark", edge.quote), edge.sentence.slice(at + edge.quote.length));
  return quote;
};

page.saidBy = (edge) => (edge.attribution ? page.text("said_by", { who: edge.attribution }) : page.text("report_itself"));

page.tag = (edge, unsure) => page.node(
  "span", page.label("modality", edge.modality), `tag ${unsure.includes(edge.modality) ? "unsure" : edge.modality}`,
);

page.origin = (edge) => [edge.publisher, edge.title || edge.document, edge.published].filter(Boolean).join(", ");

page.facts = (pairs) => {
  const list = document.createElement("dl");
  pairs.filter(([, value]) => value).forEach(([key, value]) => {
    list.append(page.node("dt", page.text(key)), page.node("dd", value));
  });
  return list;
};

page.statement = (edge, unsure) => {
  const part = document.createElement("article");
  const said = page.node("p", "", "said");
  said.append(page.tag(edge, unsure), page.node("span", page.saidBy(edge)));
  const from = page.node("p", page.origin(edge), "from");
  const more = [
    ["when", edge.date],
    ["proposed_by", edge.proposed_by === "rules" ? "" : edge.proposed_by],
  ];
  const figure = page.node("p", page.text("sureness", { figure: page.number(edge.confidence, 2) }), "from");
  part.append(said, page.quoted(edge, "blockquote"), from, figure, page.facts(more));
  return part;
};

page.showTie = (holder, tie, byId, unsure) => {
  holder.replaceChildren(page.node("h3", page.sentence(tie, byId)), ...tie.stated.map((edge) => page.statement(edge, unsure)));
  holder.scrollTop = 0;
};

page.showParty = (holder, node, ties, byId, choose) => {
  const mine = ties.filter((tie) => tie.source === node.id || tie.target === node.id);
  const list = document.createElement("ul");
  mine.forEach((tie) => {
    const button = page.node("button", page.sentence(tie, byId), "go");
    button.type = "button";
    button.addEventListener("click", () => choose("tie", tie));
    const line = document.createElement("li");
    line.append(button, tie.stated.length > 1 ? ` (${tie.stated.length})` : "");
    list.append(line);
  });
  holder.replaceChildren(
    page.node("h3", node.label),
    page.node("p", page.label("type", node.type), `from ${node.type}`),
    page.facts([
      ["role", node.role === node.label ? "" : node.role], ["aliases", node.aliases.join(", ")],
      ["country", node.country], ["reports", node.documents.join(", ")],
    ]),
    page.node("h4", page.text("relations_of")),
    mine.length ? list : page.node("p", page.text("no_relations"), "empty"),
  );
  holder.scrollTop = 0;
};

page.statementsTable = (edges, byId, unsure) => {
  page.table(document.getElementById("statements-table"), [
    { head: page.text("subject"), cell: (edge) => byId.get(edge.source).label },
    { head: page.text("predicate"), cell: (edge) => page.label("predicate", edge.predicate) },
    { head: page.text("object"), cell: (edge) => byId.get(edge.target).label },
    { head: page.text("modality"), cell: (edge) => page.tag(edge, unsure) },
    { head: page.text("attribution"), cell: (edge) => edge.attribution || page.text("report_itself") },
    { head: page.text("words"), cell: (edge) => page.quoted(edge, "q") },
    { head: page.text("document"), cell: (edge) => page.node("small", page.origin(edge)) },
  ], edges);
};
