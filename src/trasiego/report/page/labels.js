"use strict";
// Names on the map: the most important places first, none over another, none over a place that has a name.

page.labelCache = new Map();

page.drawLabels = (context, places, transform, size) => {
  context.font = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const taken = [];
  const most = Math.round((size.width * size.height) / 16000);
  const inside = page.byImportance(places)
    .map((place) => ({ place, at: transform.apply([place.x, place.y]) }))
    .filter(({ at }) => at[0] > 4 && at[1] > 4 && at[0] < size.width - 4 && at[1] < size.height - 4);
  inside.slice(0, most).forEach(({ at }) => taken.push(page.box(at[0] - 4, at[1] - 4, 8, 8)));
  let drawn = 0;
  inside.forEach(({ place, at }) => {
    if (drawn >= most) return;
    const found = page.placeLabel(context, place.label, at, taken, size);
    if (!found) return;
    taken.push(found.box);
    page.drawLabel(context, place.label, found.x, found.y);
    drawn += 1;
  });
};

// Zones and markets count more than what passes them says: they are where the trade begins and ends.
page.byImportance = (places) => {
  if (!page.labelCache.has(places)) {
    const weight = (place) => place.importance * ({ production_zone: 3, market: 2 }[place.kind] ?? 1);
    page.labelCache.set(places, [...places].sort((one, other) => weight(other) - weight(one)));
  }
  return page.labelCache.get(places);
};

page.box = (x, y, width, height) => ({ x0: x, y0: y, x1: x + width, y1: y + height });

page.placeLabel = (context, text, [x, y], taken, size) => {
  const width = context.measureText(text).width;
  const spots = [[x + 7, y], [x - 7 - width, y], [x - width / 2, y - 12], [x - width / 2, y + 12],
    [x + 5, y - 10], [x + 5, y + 10], [x - 5 - width, y - 10], [x - 5 - width, y + 10]];
  for (const [left, middle] of spots) {
    const box = page.box(left - 2, middle - 8, width + 4, 16);
    const clear = box.x0 > 2 && box.x1 < size.width - 2 && box.y0 > 46 && box.y1 < size.height - 2
      && !taken.some((other) => box.x0 < other.x1 && box.x1 > other.x0 && box.y0 < other.y1 && box.y1 > other.y0
        && !(other.x1 - other.x0 === 8 && x > other.x0 && x < other.x1 && y > other.y0 && y < other.y1));
    if (clear) return { box, x: left, y: middle };
  }
  return null;
};

page.drawLabel = (context, text, x, y) => {
  context.strokeStyle = "rgba(255, 255, 255, .88)";
  context.lineWidth = 3;
  context.strokeText(text, x, y);
  context.fillStyle = page.colours.ink;
  context.fillText(text, x, y);
};
