"use strict";
// Where things lie: one projection for all views, the curves of links, the views as zoom transforms.

page.geometry = (payload) => {
  const projection = d3.geoEqualEarth().rotate([68, 0]).scale(900).translate([0, 0]);
  const outlines = page.outlines(payload.outlines);
  const places = payload.places.id.map((id, index) => {
    const at = [payload.places.longitude[index], payload.places.latitude[index]];
    const [x, y] = projection(at);
    return {
      index, x, y, name: payload.places.name[index], country: payload.places.country[index],
      kind: payload.places.kind[index], importance: payload.places.importance[index] ?? 0,
      label: page.shortName(payload.places.name[index]), at,
    };
  });
  return { projection, places, links: page.curves(payload.links, places), outlines: page.paths(outlines, projection) };
};

// "Upper Huallaga (Tingo María)" is "Upper Huallaga" on the map; the tooltip has the whole name.
page.shortName = (name) => {
  const short = name.replace(/\s*\(.*\)\s*$/, "").trim() || name;
  return short.length > 27 ? `${short.slice(0, 26).trim()}…` : short;
};

page.outlines = (topology) => {
  const named = Object.entries(topology?.objects ?? {});
  const countries = named.find(([name]) => /countr|land|admin0|admin_0/i.test(name))?.[1] ?? named[0]?.[1];
  const divisions = named.filter(([, object]) => object !== countries).map(([, object]) => object);
  const feature = (object) => topojson.feature(topology, object);
  return {
    land: countries ? feature(countries) : null,
    borders: countries ? topojson.mesh(topology, countries) : null,
    divisions: divisions.map((object) => topojson.mesh(topology, object, (a, b) => a !== b)),
  };
};

page.paths = ({ land, borders, divisions }, projection) => {
  const draw = (shape) => {
    const path = new Path2D();
    if (shape) d3.geoPath(projection, path)(shape);
    return path;
  };
  const inner = new Path2D();
  divisions.forEach((shape) => inner.addPath(draw(shape)));
  return { land: draw(land), borders: draw(borders), divisions: inner };
};

// Each link is a curve that bends to its right; links between the same places bend more, one after the other.
// Beyond this many kilometres a link is drawn fainter and below the others, so that oceans do not hide the land.
page.farAway = 1500;

page.curves = (links, places) => {
  const seen = new Map();
  return links.from.map((from, index) => {
    const a = places[from];
    const b = places[links.to[index]];
    const key = `${from}-${links.to[index]}`;
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    const bend = 0.1 + 0.09 * turn;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const control = [(a.x + b.x) / 2 - dy * bend, (a.y + b.y) / 2 + dx * bend];
    const path = new Path2D();
    path.moveTo(a.x, a.y);
    path.quadraticCurveTo(control[0], control[1], b.x, b.y);
    return {
      index, a, b, control, path, mode: links.mode[index], product: links.product[index],
      distance: links.distance_km[index], far: links.distance_km[index] > page.farAway ? -1 : 0,
      box: [Math.min(a.x, b.x, control[0]), Math.min(a.y, b.y, control[1]),
        Math.max(a.x, b.x, control[0]), Math.max(a.y, b.y, control[1])],
    };
  });
};

// Views that this world has places for: a name and a test of places. The first is shown at the start.
page.views = (places) => {
  const within = (west, south, east, north) => (place) => (
    place.at[0] >= west && place.at[0] <= east && place.at[1] >= south && place.at[1] <= north);
  const all = [
    ["americas", within(-118, -18, -66, 31)],
    ["central", within(-95, 7, -77, 19)],
    ["andes", within(-82, -19, -62, 12.7)],
    ["atlantic", () => true],
  ];
  const wide = d3.extent(places, (place) => place.at[0]);
  const chosen = all.filter(([, test]) => places.filter(test).length > 4);
  const whole = ["whole", () => true];
  return wide[1] - wide[0] > 45 && chosen.length > 2 ? chosen : [whole];
};

// The zoom transform that shows the places which pass `test` in a box of the given size, clear of the controls.
page.fit = (places, test, width, height) => {
  const shown = places.filter(test);
  const [x0, x1] = d3.extent(shown, (place) => place.x);
  const [y0, y1] = d3.extent(shown, (place) => place.y);
  const pad = { left: 0.05 * width, right: 0.05 * width, top: Math.min(56, 0.12 * height), bottom: 0.06 * height };
  const scale = Math.min(
    (width - pad.left - pad.right) / Math.max(x1 - x0, 10),
    (height - pad.top - pad.bottom) / Math.max(y1 - y0, 10),
    40,
  );
  return d3.zoomIdentity
    .translate((width + pad.left - pad.right) / 2, (height + pad.top - pad.bottom) / 2)
    .scale(scale)
    .translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
};
