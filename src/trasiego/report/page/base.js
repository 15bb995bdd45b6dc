"use strict";
// Shared by all parts of the page: texts, numbers, the packed fields, the state and the tooltip.
// Names and texts from a result only ever become text nodes, never markup.

const page = {};

page.load = () => {
  const payload = JSON.parse(document.getElementById("payload").textContent);
  page.texts = payload.texts;
  Object.entries(payload.countries).forEach(([code, name]) => { page.texts[`country.${code}`] = name; });
  page.language = document.documentElement.lang || "en";
  return payload;
};

// A text of the page by its key, its {places} filled in.
page.text = (key, parts = {}) => {
  const text = page.texts[key];
  if (text === undefined) throw new Error(`no text "${key}"`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? parts[name] : whole));
};

// A label for a mode, a product or a kind; ids without a label of their own are shown as they are.
page.label = (group, id) => page.texts[`${group}.${id}`] ?? String(id).replaceAll("_", " ");

const formats = new Map();
page.number = (value, digits = 3) => {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const options = size >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits };
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(page.language, options));
  const rounded = size >= 1000 ? Number(value.toPrecision(digits)) : value;
  return formats.get(key).format(rounded);
};

page.mass = (kg) => (kg >= 1000 ? `${page.number(kg / 1000)} t` : `${page.number(kg, 2)} kg`);

page.percent = (share) => (share > 0 && share < 0.001 ? "< 0.1 %" : `${page.number(100 * share, 2)} %`);

page.range = (low, high, show = page.number) => `${show(low)} – ${show(high)}`;

page.monthName = (month) => {
  page.monthFormat ??= new Intl.DateTimeFormat(page.language, { month: "long", year: "numeric", timeZone: "UTC" });
  return page.monthFormat.format(new Date(`${month}-01T00:00:00Z`));
};

// Turn a packed field into values, row after row (the rule of encoding.py).
page.decode = (field) => {
  const packed = atob(field.bytes);
  const table = new Float32Array(256);
  for (let level = 1; level < 256; level += 1) {
    table[level] = field.scale === "linear"
      ? (field.ceiling * level) / 255
      : field.floor * (field.ceiling / field.floor) ** ((level - 1) / 254);
  }
  const values = new Float32Array(packed.length);
  for (let index = 0; index < packed.length; index += 1) values[index] = table[packed.charCodeAt(index)];
  return values;
};

// Mean of each value with those of the months before it, at most `months` of them, within each row.
page.smoothed = (values, columns, months) => {
  const means = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += columns) {
    let sum = 0;
    for (let month = 0; month < columns; month += 1) {
      sum += values[start + month];
      if (month >= months) sum -= values[start + month - months];
      means[start + month] = Math.max(0, sum) / Math.min(month + 1, months);
    }
  }
  return means;
};

// The state of the page: what may change, and who wants to know.
page.store = (initial) => {
  const listeners = [];
  const state = { ...initial };
  return {
    state,
    set(change) {
      const changed = Object.keys(change).filter((key) => state[key] !== change[key]);
      if (!changed.length) return;
      Object.assign(state, change);
      listeners.forEach(([keys, act]) => { if (keys.some((key) => changed.includes(key))) act(state); });
    },
    on(keys, act) { listeners.push([keys, act]); },
  };
};

page.tip = {
  element: () => document.getElementById("tip"),
  // Show a title, lines (text or nodes) and pairs of [name, value] beside the pointer.
  show(x, y, title, pairs = [], lines = [], kind = "") {
    const tip = this.element();
    tip.replaceChildren();
    if (title) tip.append(Object.assign(document.createElement("b"), { textContent: title }));
    tip.className = `tip ${kind}`;
    lines.forEach((line) => {
      const part = document.createElement("div");
      part.append(line);
      tip.append(part);
    });
    if (pairs.length) {
      const list = document.createElement("dl");
      pairs.forEach(([name, value]) => list.append(
        Object.assign(document.createElement("dt"), { textContent: name }),
        Object.assign(document.createElement("dd"), { textContent: value }),
      ));
      tip.append(list);
    }
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = x + 16 + box.width > window.innerWidth ? x - box.width - 14 : x + 16;
    const top = y + 14 + box.height > window.innerHeight ? y - box.height - 12 : y + 14;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, top)}px`;
  },
  hide() { this.element().hidden = true; },
};
