"use strict";
// The month: slider, play button, and what happened in the month.

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
    page.showEvents(store.state.month);
  };

  slider.max = String(last);
  slider.addEventListener("input", () => store.set({ month: Number(slider.value) }));
  play.addEventListener("click", () => (timer ? stop() : start()));
  page.eventMarks(payload, store);
  store.on(["month"], show);
  show();
};
