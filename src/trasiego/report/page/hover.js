"use strict";
// Moving about the map, and what the pointer is over.

page.mapControls = (element, canvas, world, size, store, moved) => {
  const selection = d3.select(canvas);
  const views = page.views(world.places);
  const controls = { first: views[0][0], view: null };
  let byHand = true;
  // A wheel turn or one finger scrolls the page; ctrl and wheel, two fingers or the buttons zoom the map.
  const zoom = d3.zoom()
    .scaleExtent([0.15, 60])
    .filter((event) => {
      if (event.type === "wheel") return event.ctrlKey || event.metaKey || document.activeElement === canvas;
      if (event.type.startsWith("touch")) return event.touches.length > 1;
      return !event.button;
    })
    .on("zoom", (event) => {
      if (byHand) press(null);
      page.tip.hide();
      moved(event.transform);
    });
  selection.call(zoom).on("dblclick.zoom", null);

  const press = (view) => {
    controls.view = view;
    element.querySelectorAll(".views button").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    });
  };
  const quietly = (act) => { byHand = false; act(); byHand = true; };

  controls.show = (name, slowly = true) => {
    const test = views.find(([view]) => view === name)[1];
    const target = page.fit(world.places, test, size.width, size.height);
    press(name);
    const calm = !slowly || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (calm) { quietly(() => selection.call(zoom.transform, target)); return; }
    byHand = false;
    selection.transition().duration(600).call(zoom.transform, target).on("end interrupt", () => { byHand = true; });
  };

  const holder = element.querySelector(".views");
  views.forEach(([view]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.view = view;
    button.textContent = page.text(`view_${view}`);
    button.addEventListener("click", () => controls.show(view));
    holder.append(button);
  });
  element.querySelectorAll(".zoom button").forEach((button) => button.addEventListener("click", () => {
    selection.call(zoom.scaleBy, button.dataset.zoom === "in" ? 1.5 : 1 / 1.5);
  }));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    const factor = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 }[event.key];
    if (factor) selection.call(zoom.scaleBy, factor);
    if (step) {
      const { k } = d3.zoomTransform(canvas);
      selection.call(zoom.translateBy, step[0] / k, step[1] / k);
    }
    if (factor || step) event.preventDefault();
  });
  return controls;
};

page.mapHover = (canvas, map) => {
  const look = (event) => {
    const [x, y] = d3.pointer(event, canvas);
    const place = page.placeAt(map, x, y);
    const link = place ? null : page.linkAt(map, canvas, x, y);
    if (place) page.placeTip(map, place, event);
    else if (link) page.linkTip(map, link, event);
    else page.tip.hide();
  };
  canvas.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch" && !event.buttons) look(event); });
  canvas.addEventListener("pointerleave", () => page.tip.hide());
  canvas.addEventListener("click", look);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") page.tip.hide(); });
  // A mark of an event stays where it is while the page moves under it.
  window.addEventListener("scroll", () => { if (!document.activeElement?.closest("#marks")) page.tip.hide(); }, { passive: true });
};

page.placeAt = ({ world, transform }, x, y) => {
  let best = null;
  let nearest = 8;
  world.places.forEach((place) => {
    const [px, py] = transform().apply([place.x, place.y]);
    const distance = Math.hypot(px - x, py - y);
    if (distance < nearest) { nearest = distance; best = place; }
  });
  return best;
};

page.linkAt = ({ links, transform, width }, canvas, x, y) => {
  const { k } = transform();
  const [wx, wy] = transform().invert([x, y]);
  const context = canvas.getContext("2d");
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  const reach = 6 / k;
  const found = links().reverse().find(({ link, kg }) => {
    const [x0, y0, x1, y1] = link.box;
    if (wx < x0 - reach || wx > x1 + reach || wy < y0 - reach || wy > y1 + reach) return false;
    context.lineWidth = Math.max(width(kg), 7) / k;
    return context.isPointInStroke(link.path, wx, wy);
  });
  context.restore();
  return found;
};

page.linkTip = ({ fields, columns, store, payload }, { link, kg, share }, event) => {
  const at = link.index * columns + store.state.month;
  const pairs = [
    [page.text(store.state.smooth ? "tip_flow_mean" : "tip_flow"), page.mass(kg)],
  ];
  if (fields.decoded.low && !store.state.smooth) {
    pairs.push([page.text("tip_interval"), page.range(fields.decoded.low[at], fields.decoded.high[at], page.mass)]);
  }
  pairs.push(
    [page.text("tip_seized_share"), page.percent(share)],
    [page.text("tip_mode"), page.label("mode", link.mode)],
    [page.text("tip_product"), page.label("product", link.product)],
    [page.text("tip_distance"), `${page.number(link.distance)} km`],
  );
  page.tip.show(event.clientX, event.clientY, `${link.a.name} → ${link.b.name}`, pairs,
    [page.monthName(payload.months[store.state.month])]);
};

page.placeTip = ({ world, fields, columns, store, payload }, place, event) => {
  const flow = fields.flow(store.state);
  const sum = (end) => d3.sum(world.links, (link) => (
    link[end] === place ? flow[link.index * columns + store.state.month] : 0));
  const price = fields.price[place.index * columns + store.state.month];
  const pairs = [
    [page.text("tip_kind"), page.label("place", place.kind)],
    [page.text("tip_in"), page.mass(sum("b"))],
    [page.text("tip_out"), page.mass(sum("a"))],
  ];
  if (price > 0) pairs.push([page.text("tip_price"), `${page.number(price)} USD/kg`]);
  page.tip.show(event.clientX, event.clientY, place.name, pairs,
    [`${page.label("country", place.country)}, ${page.monthName(payload.months[store.state.month])}`]);
};
