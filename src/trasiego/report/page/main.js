"use strict";
// Put the page together.

page.selects = (payload, store) => {
  const fill = (id, options, key) => {
    const select = document.getElementById(id);
    options.forEach(([value, text]) => select.append(new Option(text, value)));
    select.hidden = options.length < 2;
    select.value = store.state[key];
    select.addEventListener("change", () => store.set({ [key]: select.value }));
  };
  const quantities = ["middle", "low", "high", "one"].filter((name) => payload.flows[name]);
  fill("quantity", quantities.map((name) => [name, page.text(`quantity_${name}`)]), "quantity");
  const modes = [...new Set(payload.links.mode)].sort();
  fill("mode", [["", page.text("mode_all")], ...modes.map((mode) => [mode, page.label("mode", mode)])], "mode");
  const smooth = document.getElementById("smooth");
  smooth.checked = store.state.smooth;
  smooth.addEventListener("change", () => store.set({ smooth: smooth.checked }));
};

page.runFacts = (payload) => {
  const list = document.getElementById("run-facts");
  payload.facts.forEach(([name, value]) => list.append(page.node("dt", name), page.node("dd", value)));
};

// The map fills what the window leaves between the head of the page and the player.
page.measure = () => {
  const above = document.querySelector(".stage").getBoundingClientRect().top + window.scrollY;
  document.documentElement.style.setProperty("--above", `${Math.round(above)}px`);
};

page.start = () => {
  page.measure();
  window.addEventListener("resize", page.measure);
  const payload = page.load();
  const store = page.store({
    month: Math.max(0, payload.months.length - 1), mode: "", smooth: false,
    quantity: payload.flows.middle ? "middle" : "one",
  });
  const subtitle = () => page.text(`flows_sub_${store.state.quantity}`, { runs: payload.runs });
  const showSubtitle = () => { document.getElementById("flows-sub").textContent = subtitle(); };
  store.on(["quantity"], showSubtitle);
  showSubtitle();

  page.indexEvents(payload);
  page.eventsTable(payload, store);
  page.player(payload, store);
  page.selects(payload, store);
  const map = page.flowMap(payload, store);
  page.monthTable(payload, store, map);
  const bands = (name, holder) => {
    if (payload.series[name]) {
      page.bandChart(document.querySelector(holder), payload.series[name], page.text(`series_${name}`), payload, store);
    }
  };
  const beside = ["delivered", "seized", ["price_us", "price_europe", "price_other"].find((name) => payload.series[name])];
  beside.forEach((name) => bands(name, "#side"));
  ["produced", "hijacked", "stock", "price_us", "price_europe", "price_other", "killings", "active_links", "active_groups"]
    .filter((name) => !beside.includes(name)).forEach((name) => bands(name, "#charts"));
  if (payload.kinds.length) {
    page.kindChart(document.getElementById("charts"), payload.kinds, page.text("series_kinds"), payload, store);
  }
  page.ladder(payload);
  page.figures(payload);
  page.corridorsTable(document.getElementById("country-corridors"), payload.country_corridors);
  page.corridorsTable(document.getElementById("place-corridors"), payload.place_corridors);
  page.violenceTable(payload);
  page.moneyTable(payload);
  page.groupsTable(payload);
  page.scorecardTable(payload);
  page.coverage(payload);
  page.moved(payload);
  page.network(payload);
  page.claims(payload);
  page.runFacts(payload);
  document.documentElement.dataset.ready = "yes";
};

page.start();
