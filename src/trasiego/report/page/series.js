"use strict";
// Charts over time: the middle of the runs with two bands, the month of the slider, the events.

page.chartFrame = (holder, title, unit) => {
  const figure = d3.select(holder).append("figure").attr("class", "plot");
  const caption = figure.append("figcaption");
  const name = caption.append("span").attr("class", "name").text(title);
  if (unit) name.append("small").text(` ${unit}`);
  const now = caption.append("span").attr("class", "now");
  const svg = figure.append("svg").attr("role", "img").attr("aria-label", title);
  return { figure, now, svg };
};

// Axes, grid, event ticks and the cursor that all charts share; `paint` draws what is special to one.
page.timeChart = (holder, { title, unit, largest, paint, value, describe, room = 6 }, payload, store) => {
  const frame = page.chartFrame(holder, title, unit);
  const dates = payload.months.map((month) => new Date(`${month}-01T00:00:00Z`));
  const x = d3.scaleUtc().domain(d3.extent(dates));
  const y = d3.scaleLinear().domain([0, largest || 1]).nice(4);
  let cursor = null;

  const move = () => {
    const { month } = store.state;
    frame.now.text(value(month));
    if (cursor) cursor.attr("x1", x(dates[month])).attr("x2", x(dates[month]));
  };
  const draw = () => {
    const { width, height } = frame.svg.node().getBoundingClientRect();
    if (width < 60 || height < 60) return;
    const inner = { left: 44, right: width - room, top: 8, bottom: height - 22 };
    x.range([inner.left, inner.right]);
    y.range([inner.bottom, inner.top]);
    frame.svg.attr("viewBox", `0 0 ${width} ${height}`).selectAll("*").remove();
    page.timeAxes(frame.svg, x, y, inner);
    paint(frame.svg, x, y, dates, inner);
    page.eventTicks(frame.svg, x, dates, inner);
    cursor = frame.svg.append("line").attr("class", "cursor").attr("y1", inner.top).attr("y2", inner.bottom);
    page.dragMonth(frame.svg, x, dates, inner, payload, store);
    move();
  };
  if (describe) frame.svg.attr("aria-label", describe);
  store.on(["month"], move);
  page.chartKeys(frame.svg.node(), (month) => x(dates[month]), payload, store);
  new ResizeObserver(draw).observe(frame.svg.node());
  return frame;
};

page.timeAxes = (svg, x, y, inner) => {
  const across = svg.append("g").attr("class", "axis");
  y.ticks(4).forEach((tick) => {
    across.append("line").attr("x1", inner.left).attr("x2", inner.right).attr("y1", y(tick)).attr("y2", y(tick));
    across.append("text").attr("x", inner.left - 8).attr("y", y(tick)).attr("dy", "0.32em").attr("text-anchor", "end")
      .text(page.axisNumber(tick));
  });
  page.dateTicks(x, inner.right - inner.left).forEach((date) => {
    across.append("text").attr("x", x(date)).attr("y", inner.bottom + 16).attr("text-anchor", "middle")
      .text(page.dateTick(date));
  });
};

// As many dates as have room: the finest step whose labels stand apart.
page.dateTicks = (x, width) => {
  const steps = [1, 3, 6, 12, 24, 60, 120];
  const [start, end] = x.domain();
  const months = d3.utcMonth.count(start, end) || 1;
  const step = steps.find((each) => (width * each) / months > 46) ?? 240;
  return step < 12 ? d3.utcMonth.every(step).range(start, end) : d3.utcYear.every(step / 12).range(d3.utcYear(start), end)
    .filter((date) => date >= start);
};

page.dateTick = (date) => {
  page.shortMonth ??= new Intl.DateTimeFormat(page.language, { month: "short", timeZone: "UTC" });
  return date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : page.shortMonth.format(date);
};

page.axisNumber = (tick) => (tick >= 10000 ? `${page.number(tick / 1000)}k` : page.number(tick));

// A press or a drag on a chart moves the month; over an event's tick its text is shown.
page.dragMonth = (svg, x, dates, inner, payload, store) => {
  const nearest = (event) => d3.leastIndex(dates, (date) => Math.abs(x(date) - d3.pointer(event)[0]));
  const surface = svg.append("rect").attr("class", "hit").attr("x", inner.left).attr("y", inner.top)
    .attr("width", Math.max(0, inner.right - inner.left)).attr("height", Math.max(0, inner.bottom - inner.top));
  surface.on("pointerdown", (event) => {
    store.set({ month: nearest(event) });
    if (event.pointerType !== "touch") surface.node().setPointerCapture(event.pointerId);
  });
  surface.on("pointermove", (event) => {
    if (event.buttons && event.pointerType !== "touch") store.set({ month: nearest(event) });
    else page.eventsTip(page.eventsNear(nearest(event), 1), payload, event.clientX, event.clientY);
  });
  surface.on("pointerleave", () => page.tip.hide());
};

// On a chart that has the focus, arrows move the month, page keys go from event to event, and its text is shown.
page.chartKeys = (svg, place, payload, store) => {
  svg.setAttribute("tabindex", "0");
  const tell = () => {
    const box = svg.getBoundingClientRect();
    page.eventsTip([store.state.month], payload, box.left + place(store.state.month), box.bottom - 40);
  };
  svg.addEventListener("keydown", (event) => {
    const { month } = store.state;
    const to = {
      ArrowLeft: month - 1,
      ArrowRight: month + 1,
      PageUp: page.eventOrder.findLast((each) => each < month),
      PageDown: page.eventOrder.find((each) => each > month),
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    if (to[event.key] === undefined) return;
    store.set({ month: Math.min(Math.max(to[event.key], 0), payload.months.length - 1) });
    tell();
  });
  svg.addEventListener("blur", () => page.tip.hide());
};

page.bandChart = (holder, series, title, payload, store) => {
  const { bands } = series;
  const middle = bands.length > 1 ? bands[2] : bands[0];
  const value = (month) => (bands.length > 1
    ? `${page.number(middle[month])} [${page.range(bands[0][month], bands[4][month])}]`
    : page.number(middle[month]));
  const paint = (svg, x, y, dates) => {
    const area = (low, high) => d3.area().x((_value, index) => x(dates[index]))
      .y0((_value, index) => y(low[index])).y1((_value, index) => y(high[index]))(low);
    if (bands.length > 1) {
      svg.append("path").attr("class", "band-wide").attr("d", area(bands[0], bands[4]));
      svg.append("path").attr("class", "band").attr("d", area(bands[1], bands[3]));
    }
    svg.append("path").attr("class", "middle").attr("d", d3.line((_value, index) => x(dates[index]), (kept) => y(kept))(middle));
  };
  const last = payload.months.length - 1;
  const unit = page.unit(series.unit);
  const describe = page.text("chart_described", {
    title, unit, first: payload.months[0], start: value(0), last: payload.months[last], end: value(last),
  });
  page.timeChart(holder, { title, unit, largest: d3.max(bands.at(-1)), paint, value, describe }, payload, store);
};

page.unit = (unit) => page.texts[`unit.${unit}`] ?? unit;

page.kindColours = ["#1f5582", "#c46a00", "#00795c", "#8e3b76", "#5fa2d4", "#6b625a", "#d9a400", "#20242a"];

// Groups by kind: a line each, its name at the end of the line; the names keep their distance.
page.kindChart = (holder, kinds, title, payload, store) => {
  const named = kinds.map((row, index) => ({
    ...row, name: page.label("kinds", row.kind), colour: page.kindColours[index % page.kindColours.length],
  }));
  const paint = (svg, x, y, dates, inner) => {
    named.forEach(({ active, colour }) => svg.append("path").attr("fill", "none").attr("stroke", colour)
      .attr("stroke-width", 1.75).attr("d", d3.line((_value, index) => x(dates[index]), (kept) => y(kept))(active)));
    page.spread(named.map((row) => ({ ...row, at: y(row.active.at(-1)) })), 13, inner.top, inner.bottom)
      .forEach(({ name, at, colour }) => svg.append("text").attr("class", "kind-label").attr("x", inner.right + 6)
        .attr("y", at).attr("dy", "0.32em").attr("fill", colour).text(name));
  };
  const value = () => "";
  page.timeChart(holder, {
    title, unit: "", largest: d3.max(named, (row) => d3.max(row.active)), paint, value, room: 122,
  }, payload, store);
};

// Move labels apart to at least `gap`, down from the top and then up from the bottom where they run out.
page.spread = (labels, gap, top, bottom) => {
  const order = labels.sort((one, other) => one.at - other.at);
  order.forEach((label, index) => { label.at = Math.max(label.at, index ? order[index - 1].at + gap : top + gap / 2); });
  [...order].reverse().forEach((label, index, turned) => {
    label.at = Math.min(label.at, index ? turned[index - 1].at - gap : bottom);
  });
  return order;
};
