"use strict";
// The month: slider, play button, marks of events, and what happened in the month.

page.player = (payload, store) => {
  const slider = document.getElementById("slider");
  const play = document.getElementById("play");
  const last = payload.months.length - 1;
  let timer = null;

  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = page.text("play");
  };
  const start = () => {
    if (store.state.month >= last) store.set({ month: 0 });
    play.textContent = page.text("pause");
    timer = setInterval(() => {
      if (store.state.month >= last) stop();
      else store.set({ month: store.state.month + 1 });
    }, 180);
  };
  const show = () => {
    const name = page.monthName(payload.months[store.state.month]);
    slider.value = String(store.state.month);
    slider.setAttribute("aria-valuetext", name);
    document.getElementById("month").textContent = name;
    page.showEvents(payload, store.state.month);
  };

  slider.max = String(last);
  slider.addEventListener("input", () => store.set({ month: Number(slider.value) }));
  play.addEventListener("click", () => (timer ? stop() : start()));
  page.eventMarks(payload, store, last);
  store.on(["month"], show);
  show();
};

page.eventMarks = (payload, store, last) => {
  const marks = document.getElementById("marks");
  const months = d3.groups(payload.events.filter((event) => event.month !== null), (event) => event.month);
  page.eventMonths = new Map(months);
  months.forEach(([month, events]) => {
    const mark = document.createElement("button");
    mark.type = "button";
    mark.tabIndex = -1;
    mark.dataset.month = month;
    mark.style.left = `${(100 * month) / Math.max(1, last)}%`;
    mark.addEventListener("click", () => store.set({ month }));
    mark.addEventListener("pointermove", (event) => page.eventsTip(events, event));
    mark.addEventListener("pointerleave", () => page.tip.hide());
    marks.append(mark);
  });
  const next = document.getElementById("next-event");
  next.hidden = !months.length;
  const order = months.map(([month]) => month).sort(d3.ascending);
  next.addEventListener("click", () => {
    store.set({ month: order.find((month) => month > store.state.month) ?? order[0] });
  });
};

page.showEvents = (payload, month) => {
  const events = page.eventMonths?.get(month) ?? [];
  document.getElementById("month-events").textContent = page.eventLines(events).join("  ·  ");
  document.querySelectorAll("#marks button").forEach((mark) => {
    mark.classList.toggle("now", Number(mark.dataset.month) === month);
  });
};

page.eventsNear = (month, reach) => {
  const found = [];
  for (let at = month - reach; at <= month + reach; at += 1) found.push(...(page.eventMonths?.get(at) ?? []));
  return found;
};

page.eventsTip = (events, pointer) => {
  if (!events.length) { page.tip.hide(); return; }
  page.tip.show(pointer.clientX, pointer.clientY, "", [], page.eventLines(events, true).slice(0, 4));
};

// The texts of events, each once: one report often changes several places in the same month.
page.eventLines = (events, dated = false) => [...new Set(events.map((event) => (
  dated ? `${event.date}: ${event.text}` : event.text)))];
