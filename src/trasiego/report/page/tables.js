"use strict";
// Tables: figures of the last year, corridors, groups, scorecard, the flows of the month.

// Fill a table from columns {head, cell, number, kind}; head and cell give text or a node.
page.table = (table, columns, rows, empty = "") => {
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  const style = (cell, { number, kind }) => {
    cell.classList.toggle("number", Boolean(number));
    if (kind) cell.classList.add(kind);
  };
  columns.forEach((column) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.append(column.head);
    style(cell, column);
    head.append(cell);
  });
  const body = table.createTBody();
  rows.forEach((row) => {
    const line = body.insertRow();
    columns.forEach((column) => {
      const place = line.insertCell();
      style(place, column);
      place.append(column.cell(row));
      if (typeof column.head === "string") place.dataset.head = column.head;
    });
  });
  if (!rows.length) {
    const cell = body.insertRow().insertCell();
    cell.colSpan = columns.length;
    cell.className = "empty";
    cell.textContent = empty || page.text("nothing");
  }
};

page.node = (name, text, className = "") => {
  const node = document.createElement(name);
  node.textContent = text;
  if (className) node.className = className;
  return node;
};

page.withSmall = (text, small) => {
  const both = document.createDocumentFragment();
  both.append(text, " ", page.node("small", small));
  return both;
};

page.claimLinks = (claims) => {
  const links = document.createDocumentFragment();
  (claims ?? []).forEach((id, index) => {
    const link = page.node("a", id);
    link.href = `#claim-${id}`;
    link.addEventListener("click", (event) => { event.preventDefault(); page.showClaim(id); });
    links.append(index ? ", " : "", link);
  });
  return links;
};

page.interval = ([low, median, high], show = page.number) => (low === high
  ? document.createTextNode(show(median)) : page.withSmall(show(median), `[${page.range(low, high, show)}]`));

page.figures = (payload) => {
  const list = document.getElementById("figure-list");
  payload.figures.forEach(({ name, unit, value: [low, median, high] }) => {
    const show = unit === "share" ? page.percent : page.number;
    const box = document.createElement("div");
    const value = page.node("dd", show(median));
    value.append(" ", page.node("small", page.unit(unit)));
    box.append(page.node("dt", page.text(`figure_${name}`)), value);
    if (low !== high) box.append(page.node("dd", page.range(low, high, show), "range"));
    list.append(box);
  });
};

page.withBar = (value, largest) => {
  const both = document.createDocumentFragment();
  const bar = page.node("span", "", "bar");
  bar.style.width = `${(100 * value[1]) / largest}%`;
  both.append(page.interval(value), bar);
  return both;
};

page.corridorsTable = (table, corridors) => {
  const largest = d3.max(corridors, (row) => row.tonnes[1]) || 1;
  page.table(table, [
    { head: page.text("from"), cell: (row) => row.start },
    { head: page.text("to"), cell: (row) => row.end },
    {
      head: page.text("corridor_modes"),
      kind: "modes",
      cell: (row) => page.node("small", row.modes.slice(0, 3).map((mode) => page.label("mode", mode)).join(", ")),
    },
    { head: page.text("tonnes_year"), number: true, cell: (row) => page.withBar(row.tonnes, largest) },
    { head: page.text("seized_share"), number: true, cell: (row) => page.percent(row.seized_share) },
  ], corridors);
};

page.violenceTable = (payload) => {
  const shown = payload.violence.slice(0, 12);
  const largest = d3.max(shown, (row) => row.killings[1]) || 1;
  page.table(document.getElementById("violence-table"), [
    { head: page.text("country"), cell: (row) => page.label("country", row.country) },
    { head: page.text("killings_year"), number: true, cell: (row) => page.withBar(row.killings, largest) },
    { head: page.text("homicide_rate"), number: true, cell: (row) => page.interval(row.rate) },
  ], shown);
};

page.moneyTable = (payload) => {
  const table = document.getElementById("money-table");
  const largest = d3.max(payload.money, (row) => row.million[1]) || 1;
  page.table(table, [
    { head: page.text("account"), cell: (row) => page.label("account", row.account) },
    { head: page.text("money_year"), number: true, cell: (row) => page.withBar(row.million, largest) },
    { head: page.text("money_share"), number: true, cell: (row) => (row.share === null ? "–" : page.percent(row.share)) },
  ], payload.money);
  // A line above each part says what its rows are: what is paid, where it ends, what passes hands on the way.
  let part = "";
  [...table.tBodies[0].rows].forEach((line, index) => {
    const row = payload.money[index];
    if (!row || row.part === part) return;
    part = row.part;
    const head = document.createElement("tr");
    const cell = page.node("th", page.text(`money_${part}`));
    cell.colSpan = 3;
    cell.scope = "rowgroup";
    head.append(cell);
    line.before(head);
  });
};

page.groupsTable = (payload) => {
  page.table(document.getElementById("groups-table"), [
    { head: page.text("group"), cell: (row) => row.title },
    { head: page.text("standing"), cell: (row) => (row.standing
      ? page.node("span", page.label("standing", row.standing), `tag ${row.standing}`) : "–") },
    { head: page.text("group_kind"), cell: (row) => page.label("kind", row.kind) },
    { head: page.text("country"), cell: (row) => page.label("country", row.country) },
    { head: page.text("members_start"), number: true, cell: (row) => page.interval(row.members_start) },
    { head: page.text("members_end"), number: true, cell: (row) => page.interval(row.members_end) },
    { head: page.text("alive"), number: true, cell: (row) => page.text("runs_of", row) },
    { head: page.text("revenue"), number: true, cell: (row) => page.interval(row.revenue) },
    { head: page.text("claims"), cell: (row) => page.claimLinks(row.claims), kind: "refs" },
  ], payload.groups);
};

page.monthTable = (payload, store, map) => {
  const details = document.querySelector(".month-table");
  const fill = () => {
    if (!details.open) return;
    const rows = map.links().reverse().slice(0, 15);
    page.table(document.getElementById("month-table"), [
      { head: page.text("from"), cell: ({ link }) => link.a.name },
      { head: page.text("to"), cell: ({ link }) => link.b.name },
      { head: page.text("tip_mode"), cell: ({ link }) => page.label("mode", link.mode) },
      { head: page.text("tip_product"), cell: ({ link }) => page.label("product", link.product) },
      { head: page.text("tip_flow"), number: true, cell: ({ kg }) => page.mass(kg) },
      { head: page.text("tip_seized_share"), number: true, cell: ({ share }) => page.percent(share) },
    ], rows);
  };
  details.addEventListener("toggle", fill);
  store.on(["month", "quantity", "mode", "smooth"], fill);
};
