"use strict";
// The claims behind the numbers: how many numbers rest on them, and the list, to be searched.

page.claimsShown = 30;

page.coverage = (payload) => {
  const { numbers } = payload.evidence;
  const holder = d3.select("#coverage");
  const total = d3.sum(Object.values(numbers));
  if (!total) {
    holder.append("p").attr("class", "empty").text(page.text("coverage_unknown"));
    return;
  }
  const kinds = ["measured", "derived", "calibrated", "assumed"];
  const rest = (numbers.measured ?? 0) + (numbers.derived ?? 0);
  holder.append("p").text(page.text("coverage", {
    total, rest, assumed: numbers.assumed ?? 0, calibrated: numbers.calibrated ?? 0,
  }));
  const bar = holder.append("div").attr("class", "share").attr("aria-hidden", "true");
  const keys = holder.append("div").attr("class", "keys");
  kinds.filter((kind) => numbers[kind]).forEach((kind) => {
    bar.append("span").attr("class", kind).style("width", `${(100 * numbers[kind]) / total}%`);
    const key = keys.append("span");
    key.append("span").attr("class", `swatch ${kind}`);
    key.append("span").text(`${page.text(`status_${kind}`)}: ${numbers[kind]}`);
  });
};

page.moved = (payload) => {
  document.getElementById("moved").hidden = !payload.moved.length;
  const figures = ([low, value, high]) => page.interval([low, value, high]);
  page.table(document.getElementById("moved-table"), [
    { head: page.text("moved_number"), cell: (row) => row.path },
    { head: page.text("moved_before"), number: true, cell: (row) => figures(row.before) },
    { head: page.text("moved_after"), number: true, cell: (row) => figures(row.after) },
    { head: page.text("moved_unit"), cell: (row) => page.unit(row.unit) },
    { head: page.text("moved_claims"), cell: (row) => page.claimLinks(row.claims) },
  ], payload.moved);
};

page.network = (payload) => {
  const line = document.getElementById("network");
  line.hidden = !payload.network;
  line.querySelector("a").href = payload.network;
};

page.claimItem = (claim) => {
  const item = page.node("li", "");
  item.id = `claim-${claim.id}`;
  const statement = page.node("div", claim.statement);
  if (claim.figure) statement.append(" ", page.node("span", claim.figure, "figure"));
  if (claim.detail) statement.append(page.node("div", claim.detail, "detail"));
  const grade = page.node("span", claim.grade, "grade");
  grade.title = page.text("grade_title");
  item.append(page.node("span", claim.id, "id"), statement, page.node("span", claim.source, "source"), grade);
  return item;
};

page.claims = (payload) => {
  const list = document.getElementById("claims-list");
  const search = document.getElementById("claims-search");
  const more = document.getElementById("claims-more");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const claims = payload.evidence.claims.map((claim) => ({
    claim, words: plain([claim.id, claim.statement, claim.figure, claim.source, claim.detail, claim.grade].join(" ")),
  }));
  let all = false;
  const fill = () => {
    const asked = plain(search.value).split(/\s+/).filter(Boolean);
    const found = claims.filter(({ words }) => asked.every((word) => words.includes(word)));
    const shown = all ? found : found.slice(0, page.claimsShown);
    list.replaceChildren(...shown.map(({ claim }) => page.claimItem(claim)));
    document.getElementById("claims-count").textContent = page.text("claims_count", {
      found: found.length, total: claims.length,
    });
    more.hidden = shown.length === found.length;
  };
  search.addEventListener("input", () => { all = false; fill(); });
  document.getElementById("claims-form").addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => { all = true; fill(); });
  page.showClaim = (id) => {
    search.value = id;
    all = true;
    fill();
    document.getElementById("claims").scrollIntoView();
    search.focus({ preventScroll: true });
  };
  fill();
};
