"use strict";
// The map of flows: outlines, links (width by tonnes a month, colour by seized share), places and labels.

page.colours = {
  sea: "#e1e7ec", land: "#fdfcfa", border: "#b1a899", division: "#e7e2da", ink: "#20242a",
  production_zone: "#00795c", market: "#1f5582", market_entry: "#1f5582", place: "#33302c",
};
page.topShare = 0.3;  // set from the data when the map is made: the share at which the colours end
page.shareColour = (share) => d3.interpolateInferno(0.84 - 0.62 * Math.min(1, share / page.topShare));

// Lines grow with the square root of the flow, so that small flows stay visible beside large ones.
page.widths = (largest) => d3.scaleSqrt().domain([0, largest]).range([0, 6.5]).clamp(true);

page.flowMap = (payload, store) => {
  const element = document.getElementById("map");
  const canvas = element.querySelector("canvas");
  const context = canvas.getContext("2d");
  const world = page.geometry(payload);
  const columns = payload.months.length;
  const fields = page.flowFields(payload, columns);
  const size = { width: 0, height: 0 };
  let transform = d3.zoomIdentity;
  const layers = page.layers(size);
  let waiting = false;

  const flowOf = (link) => fields.flow(store.state)[link.index * columns + store.state.month];
  const shareOf = (link) => fields.share[link.index * columns + store.state.month];
  const width = page.widths(fields.largest);
  page.topShare = page.shareEnd(fields, columns);

  const shownLinks = () => world.links
    .map((link) => ({ link, kg: flowOf(link), share: shareOf(link) }))
    .filter(({ link, kg }) => kg >= 1 && (store.state.mode === "" || link.mode === store.state.mode))
    .sort((one, other) => one.link.far - other.link.far || one.kg - other.kg);

  const draw = () => {
    waiting = false;
    const { below, above } = layers.at(transform, (under, over, k) => {
      page.drawOutlines(under, world.outlines, k);
      page.drawPlaces(over, world.places, transform, size);
      page.drawLabels(over, world.places, transform, size);
    });
    page.copyLayer(context, below);
    page.intoWorld(context, transform);
    page.drawLinks(context, shownLinks(), width, transform.k);
    page.copyLayer(context, above);
  };
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  };

  const resize = () => {
    const box = element.getBoundingClientRect();
    if (!box.width) return;
    const first = size.width === 0;
    Object.assign(size, { width: box.width, height: box.height });
    page.setSize(canvas, size);
    layers.forget();
    if (first || controls.view) controls.show(controls.view ?? controls.first, false);
    draw();
  };

  const controls = page.mapControls(element, canvas, world, size, store, (moved) => { transform = moved; redraw(); });
  page.mapHover(canvas, {
    world, size, store, fields, columns, transform: () => transform, links: shownLinks, width, payload,
  });
  page.legend(document.getElementById("legend"), width, fields.largest, payload.places.kind);
  store.on(["month", "quantity", "mode", "smooth"], redraw);
  new ResizeObserver(resize).observe(element);
  return { links: shownLinks, redraw };
};

// The flow of every link and month as the reader chose to see it.
page.flowFields = (payload, columns) => {
  const decoded = {};
  ["one", "middle", "low", "high"].forEach((name) => {
    if (payload.flows[name]) decoded[name] = page.decode(payload.flows[name]);
  });
  const smooth = {};
  const flow = ({ quantity, smooth: wanted }) => {
    if (!wanted) return decoded[quantity];
    smooth[quantity] ??= page.smoothed(decoded[quantity], columns, 12);
    return smooth[quantity];
  };
  const positive = Array.from(decoded.middle ?? decoded.one).filter((kg) => kg > 1).sort(d3.ascending);
  return {
    flow, decoded, share: page.decode(payload.flows.seized_share),
    price: page.decode(payload.place_price), largest: d3.quantileSorted(positive, 0.995) || 1000,
  };
};

// The share that a tenth of the links in use exceed, in steps of a tenth, so that the colours tell links apart.
page.shareEnd = ({ share, decoded }, columns) => {
  const flow = decoded.middle ?? decoded.one;
  const used = [];
  for (let at = columns - 1; at < flow.length; at += columns) if (flow[at] >= 1) used.push(share[at]);
  const high = d3.quantile(used, 0.9) ?? 0;
  return Math.min(0.8, Math.max(0.1, Math.ceil(high * 10) / 10));
};

page.ratio = () => window.devicePixelRatio || 1;

page.setSize = (canvas, { width, height }) => Object.assign(canvas, {
  width: Math.round(width * page.ratio()), height: Math.round(height * page.ratio()),
});

// Draw in the coordinates of the projection from here on.
page.intoWorld = (context, { x, y, k }) => {
  const ratio = page.ratio();
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
};

page.copyLayer = (context, layer) => {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(layer, 0, 0);
};

// What lies below and above the links only changes when the map moves: it is kept as two pictures.
page.layers = (size) => {
  const [below, above] = [document.createElement("canvas"), document.createElement("canvas")];
  let drawn = null;
  return {
    forget() { drawn = null; },
    at(transform, paint) {
      if (drawn !== transform) {
        [below, above].forEach((layer) => page.setSize(layer, size));
        const [under, over] = [below.getContext("2d"), above.getContext("2d")];
        over.setTransform(page.ratio(), 0, 0, page.ratio(), 0, 0);
        page.intoWorld(under, transform);
        paint(under, over, transform.k);
        drawn = transform;
      }
      return { below, above };
    },
  };
};

page.drawOutlines = (context, outlines, k) => {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = page.colours.sea;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  context.lineJoin = "round";
  context.fillStyle = page.colours.land;
  context.fill(outlines.land);
  context.lineWidth = 0.7 / k;
  context.strokeStyle = page.colours.division;
  context.stroke(outlines.divisions);
  context.lineWidth = 0.9 / k;
  context.strokeStyle = page.colours.border;
  context.stroke(outlines.borders);
};

page.drawLinks = (context, links, width, k) => {
  context.lineCap = "round";
  links.forEach(({ link, kg, share }) => {
    const line = Math.max(0.6, width(kg));
    // Small flows fade, so that the large ones stay readable where hundreds cross.
    context.globalAlpha = Math.min(0.9, 0.14 + 0.15 * line) * (link.far < 0 ? 0.7 : 1);
    context.strokeStyle = page.shareColour(share);
    context.lineWidth = line / k;
    context.stroke(link.path);
    if (line > 3) page.drawArrow(context, link, (1.1 * line + 2.5) / k);
  });
  context.globalAlpha = 1;
};

// A small head at the middle of the curve says which way the goods go.
page.drawArrow = (context, { a, b, control }, head) => {
  const [x, y] = [(a.x + 2 * control[0] + b.x) / 4, (a.y + 2 * control[1] + b.y) / 4];
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  if (Math.hypot(b.x - a.x, b.y - a.y) < 5 * head) return;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(head, 0);
  context.lineTo(-head * 0.6, head * 0.85);
  context.lineTo(-head * 0.6, -head * 0.85);
  context.closePath();
  context.fillStyle = context.strokeStyle;
  context.fill();
  context.restore();
};

page.drawPlaces = (context, places, transform, size) => {
  const radius = Math.min(3.4, 1.7 + 0.35 * Math.log2(Math.max(1, transform.k)));
  const taken = new Set();
  page.byImportance(places).forEach((place) => {
    const [x, y] = transform.apply([place.x, place.y]);
    if (x < -5 || y < -5 || x > size.width + 5 || y > size.height + 5) return;
    // Where places crowd, only the most important one of a few pixels gets a dot, until the map is nearer.
    const cell = `${Math.floor(x / 7)} ${Math.floor(y / 7)}`;
    if (taken.has(cell) && !["production_zone", "market"].includes(place.kind)) return;
    taken.add(cell);
    context.fillStyle = page.colours[place.kind] ?? page.colours.place;
    context.strokeStyle = "#fff";
    context.lineWidth = 1;
    context.beginPath();
    if (place.kind === "production_zone") {
      const side = radius + 2.2;
      context.moveTo(x, y - side);
      context.lineTo(x + side, y + 0.75 * side);
      context.lineTo(x - side, y + 0.75 * side);
      context.closePath();
    } else if (place.kind === "market") {
      context.rect(x - radius - 1.4, y - radius - 1.4, 2 * radius + 2.8, 2 * radius + 2.8);
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
    if (place.kind === "production_zone" || place.kind === "market") context.stroke();
  });
};
