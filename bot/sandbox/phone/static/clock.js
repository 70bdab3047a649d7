// The hands of the virtual clock between two words from the server, and the drawer they live in on a narrow page.
// Times are local wall times without a zone ("2013-06-26T09:00:00"); they are counted on, never converted.

import { find, tell } from "./wire.js";

const begun = new Map();
const two = (number) => String(number).padStart(2, "0");

const FORMS = {
  short: (now) => `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}`,
  long: (now) => `${FORMS.short(now)}:${two(now.getUTCSeconds())}`,
  date: (now) => `${now.getUTCMonth() + 1}/${now.getUTCDate()} ${FORMS.short(now)}`,
};

/** What the server said, plus the time since it first said so. */
function momentOf(said) {
  if (!begun.has(said)) begun.set(said, performance.now());
  return new Date(Date.parse(`${said}Z`) + performance.now() - begun.get(said));
}

function tick() {
  for (const element of document.querySelectorAll("[data-clock]")) {
    const text = FORMS[element.dataset.clockForm](momentOf(element.dataset.clock));
    if (element.textContent !== text) element.textContent = text;
  }
}

function drawer(open) {
  find(".stage").classList.toggle("clock-open", open);
  if (open) find("[data-clock-close]").focus({ preventScroll: true });
}

export function setUpClock() {
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-jump]");
    if (jump) {
      tell("phone_jump", { name: jump.dataset.jump });
      drawer(false);
    } else if (event.target.closest("[data-clock-open]")) {
      drawer(true);
    } else if (event.target.closest("[data-clock-close]")) {
      drawer(false);
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-jump-form]")) return;
    event.preventDefault();
    tell("phone_jump_to", { to: event.target.elements.to.value });
    drawer(false);
  });
  setInterval(tick, 250);
  new MutationObserver(tick).observe(document.body, { childList: true, subtree: true });
}
