// The scrolling of a chat: it stays at the newest message unless the person has scrolled up to read, and what is
// read never jumps when a message above or below changes its height.

import { find } from "./wire.js";

const NEAR = 80;
let atEnd = true;
let lastTop = 0;

const talk = () => find(".talk");
const nearEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

function toEnd(box) {
  box.scrollTop = box.scrollHeight;
  lastTop = box.scrollTop;
  atEnd = true;
  box.classList.remove("behind");
}

function follow() {
  const box = talk();
  if (!box) return;
  if (box.dataset.shown !== box.dataset.chat || atEnd) toEnd(box);
  else box.classList.add("behind");
  box.dataset.shown = box.dataset.chat;
}

/** Attach to the scroll box, which lives as long as the page. */
function attach(box) {
  box.addEventListener("scroll", () => {
    // Only scrolling up leaves the end: content that grew since is no wish of the person.
    if (box.scrollTop < lastTop || nearEnd(box)) atEnd = nearEnd(box);
    lastTop = box.scrollTop;
    if (atEnd) box.classList.remove("behind");
  });
  new MutationObserver(follow).observe(box, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["data-chat"],
  });
  const sizes = new ResizeObserver(() => atEnd && toEnd(box));
  sizes.observe(box);
  for (const inner of box.children) sizes.observe(inner);
  follow();
}

function goTo(id) {
  const row = talk().querySelector(`[data-message="${id}"]`);
  if (!row) return;
  row.scrollIntoView({ block: "center", behavior: "smooth" });
  row.classList.add("pointed");
  setTimeout(() => row.classList.remove("pointed"), 1600);
}

export function setUpTalk() {
  document.addEventListener("click", (event) => {
    const quote = event.target.closest("[data-goto]");
    if (quote) goTo(quote.dataset.goto);
    if (event.target.closest("[data-newest]")) toEnd(talk());
  });
  if (talk()) return attach(talk());
  const waiting = new MutationObserver(() => {
    if (!talk()) return;
    waiting.disconnect();
    attach(talk());
  });
  waiting.observe(document.body, { childList: true, subtree: true });
}
