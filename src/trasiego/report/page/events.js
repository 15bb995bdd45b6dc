"use strict";
// Scripted events: marks above the slider, ticks in the charts, what the pointer or the keyboard is on, the table.

page.eventColours = { against: "#c46a00", among: "#8e3b76", state: "#1f5582", several: "#5b6472" };

// Events of the run by month, and the months that have some, in order.
page.indexEvents = (payload) => {
  page.eventMonths = d3.group(payload.events.filter((event) => event.month !== null), (event) => event.month);
  page.eventOrder = [...page.eventMonths.keys()].sort(d3.ascending);
};

page.eventClass = (events) => {
  const classes = new Set(events.map((event) => event.class));
  return classes.size === 1 ? events[0].class : "several";
};

page.eventTicks = (svg, x, dates, inner) => {
  page.eventMonths.forEach((events, month) => {
    svg.append("line").attr("class", "event").attr("stroke", page.eventColours[page.eventClass(events)])
      .attr("x1", x(dates[month])).attr("x2", x(dates[month])).attr("y1", inner.bottom - 6).attr("y2", inner.bottom);
  });
};

page.eventTitle = (event) => `${page.label("event", event.kind)}: ${event.targets.join(", ")}`;

page.eventLine = (event) => {
  const line = document.createDocumentFragment();
  line.append(page.node("strong", page.eventTitle(event)), ` ${event.text}`);
  return line;
};

page.eventsTipMost = 5;

// What happened in these months, beside a point of the window; nothing where nothing did.
page.eventsTip = (months, payload, x, y) => {
  const events = months.flatMap((month) => page.eventMonths.get(month) ?? []);
  if (!events.length) { page.tip.hide(); return; }
  const lines = events.slice(0, page.eventsTipMost).map(page.eventLine);
  if (events.length > lines.length) lines.push(page.text("events_more", { number: events.length - lines.length }));
  page.tip.show(x, y, page.monthSpan(events.map((event) => event.month), payload), [], lines, "events");
};

page.monthSpan = (months, payload) => {
  const [first, last] = d3.extent(months).map((month) => page.monthName(payload.months[month]));
  return first === last ? first : page.text("events_span", { first, last });
};

page.eventsNear = (month, reach) => page.eventOrder.filter((each) => Math.abs(each - month) <= reach);

// Months whose marks would touch stand together: the closest pair is joined until all keep `gap` pixels.
page.clusters = (months, place, gap) => {
  const found = months.map((month) => ({ months: [month], at: place(month) }));
  for (;;) {
    const closest = d3.least(d3.range(1, found.length), (index) => found[index].at - found[index - 1].at);
    if (closest === undefined || found[closest].at - found[closest - 1].at >= gap) return found;
    const joined = [...found[closest - 1].months, ...found[closest].months];
    found.splice(closest - 1, 2, { months: joined, at: (place(joined[0]) + place(joined.at(-1))) / 2 });
  }
};

// One stop of the tab key for all marks; arrows go from mark to mark, and a press goes to the month.
page.eventMarks = (payload, store) => {
  const holder = document.getElementById("marks");
  const last = Math.max(1, payload.months.length - 1);
  let buttons = [];
  const reach = (button) => {
    buttons.forEach((each) => { each.tabIndex = each === button ? 0 : -1; });
  };
  const draw = () => {
    const { width } = holder.getBoundingClientRect();
    if (width < 10) return;
    const clusters = page.clusters(page.eventOrder, (month) => (width * month) / last, 11);
    buttons = clusters.map((cluster) => page.eventMark(cluster, payload, store));
    holder.replaceChildren(...buttons);
    reach(buttons[0]);
    page.markNow(store.state.month);
  };
  holder.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus({ preventScroll: true });
  });
  holder.addEventListener("focusin", (event) => { if (buttons.includes(event.target)) reach(event.target); });
  new ResizeObserver(draw).observe(holder);
  page.nextEvent(store);
};

page.eventMark = ({ months, at }, payload, store) => {
  const events = months.flatMap((month) => page.eventMonths.get(month));
  const mark = document.createElement("button");
  mark.type = "button";
  mark.dataset.months = months.join(" ");
  mark.className = months.length > 1 ? "many" : "";
  mark.style.left = `${at}px`;
  mark.style.setProperty("--mark", page.eventColours[page.eventClass(events)]);
  mark.setAttribute("aria-label", page.text("events_mark", {
    when: page.monthSpan(months, payload), what: events.map(page.eventTitle).join("; "),
  }));
  const show = () => {
    const box = mark.getBoundingClientRect();
    page.eventsTip(months, payload, box.left, box.top);
  };
  mark.addEventListener("click", () => store.set({ month: months.find((month) => month > store.state.month) ?? months[0] }));
  mark.addEventListener("pointerenter", show);
  mark.addEventListener("focus", show);
  mark.addEventListener("pointerleave", () => page.tip.hide());
  mark.addEventListener("blur", () => page.tip.hide());
  return mark;
};

page.nextEvent = (store) => {
  const next = document.getElementById("next-event");
  next.hidden = !page.eventOrder.length;
  next.addEventListener("click", () => {
    store.set({ month: page.eventOrder.find((month) => month > store.state.month) ?? page.eventOrder[0] });
  });
};

page.markNow = (month) => {
  document.querySelectorAll("#marks button").forEach((mark) => {
    mark.classList.toggle("now", mark.dataset.months.split(" ").includes(String(month)));
  });
};

page.showEvents = (month) => {
  const line = document.getElementById("month-events");
  line.replaceChildren();
  (page.eventMonths.get(month) ?? []).forEach((event, index) => line.append(index ? "  ·  " : "", page.eventLine(event)));
  page.markNow(month);
};

page.eventKeys = (holder) => {
  Object.entries(page.eventColours).forEach(([name, colour]) => {
    const key = page.node("span", "");
    const mark = page.node("span", "", "event-key");
    mark.style.setProperty("--mark", colour);
    key.append(mark, page.text(`events_${name}`));
    holder.append(key);
  });
};

page.eventsTable = (payload, store) => {
  document.getElementById("events-count").textContent = page.text("events_count", { number: payload.events.length });
  document.querySelectorAll(".event-keys").forEach(page.eventKeys);
  document.getElementById("month-events").hidden = !payload.events.length;
  const date = (event) => {
    if (event.month === null) return document.createTextNode(event.date);
    const button = page.node("button", event.date, "go");
    button.type = "button";
    button.title = page.text("events_go");
    button.addEventListener("click", () => store.set({ month: event.month }));
    return button;
  };
  page.table(document.getElementById("events-table"), [
    { head: page.text("date"), cell: date, kind: "date" },
    { head: page.text("event_kind"), cell: (event) => page.label("event", event.kind) },
    { head: page.text("target"), cell: (event) => event.targets.join(", ") },
    { head: page.text("event_text"), cell: (event) => event.text },
    { head: page.text("claims"), cell: (event) => page.claimLinks(event.claims), kind: "refs" },
  ], payload.events, page.text("no_events"));
};
