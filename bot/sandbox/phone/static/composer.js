// Writing, answering and attaching. Drafts, chosen files and the message answered live here and nowhere else;
// they go to the server only when sent.

import { find, tell } from "./wire.js";

let chosen = { kind: "photo", files: [] };
let prompted = "";

const input = () => find("[data-write-form] textarea");

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function show(name) {
  for (const tray of document.querySelectorAll("[data-tray]")) {
    tray.hidden = tray.dataset.tray !== name || !tray.hidden;
  }
}

function answer(row, focus = true) {
  const bar = find("[data-replying]");
  if (!bar) return;
  bar.dataset.to = row ? row.dataset.message : "";
  bar.hidden = !row;
  const area = input();
  area.placeholder = (row && row.dataset.placeholder) || area.dataset.placeholder;
  if (!row) return;
  bar.querySelector("b").textContent = row.dataset.author;
  bar.querySelector("span").textContent = row.dataset.snippet;
  if (focus) area.focus({ preventScroll: true });
}

function takeReply() {
  const id = Number(find("[data-replying]").dataset.to) || null;
  answer(null);
  return id;
}

function say(text) {
  if (!text.trim()) return;
  tell("phone_say", { text, reply_to: takeReply() });
  show("");
}

function choose(kind, files) {
  chosen = { kind, files: [...files] };
  if (!chosen.files.length) return;
  const place = find("[data-previews]");
  place.replaceChildren(...chosen.files.map((file) => preview(kind, file)));
  find("[data-files-form] [name=caption]").value = "";
  show("files");
  find("[data-files-form] [name=caption]").focus({ preventScroll: true });
}

function preview(kind, file) {
  if (kind !== "photo") {
    return Object.assign(document.createElement("span"), { textContent: file.name, className: "named" });
  }
  const picture = Object.assign(document.createElement("img"), { alt: file.name, src: URL.createObjectURL(file) });
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  return picture;
}

async function sendFiles(form) {
  const { chat, actor } = find(".talk").dataset;
  const body = new FormData();
  body.set("chat", chat);
  body.set("person", actor);
  body.set("kind", chosen.kind);
  body.set("caption", form.elements.caption.value);
  const answered = takeReply();
  if (answered) body.set("reply_to", answered);
  for (const file of chosen.files) body.append("files", file);
  show("");
  const reply = await fetch("/phone/attachments", { method: "POST", body });
  if (!reply.ok) window.phone.toast(await reply.text());
}

const SUBMITS = {
  "[data-write-form]": (form) => {
    const area = form.elements.text;
    say(area.value);
    area.value = "";
    fit(area);
  },
  "[data-files-form]": sendFiles,
  "[data-place-form]": (form) => {
    tell("phone_place", {
      latitude: Number(form.elements.latitude.value),
      longitude: Number(form.elements.longitude.value),
      reply_to: takeReply(),
    });
    show("");
  },
};

/** A prompt of the bot (force_reply) that is the newest message asks for its answer once; a deleted one no more. */
function heedPrompt() {
  const to = find("[data-replying]")?.dataset.to;
  if (to && !find(`.talk [data-message="${to}"]`)) answer(null);
  const rows = document.querySelectorAll(".talk [data-message]");
  const last = rows[rows.length - 1];
  const key = last?.dataset.forceReply ? `${find(".talk").dataset.chat}/${last.dataset.forceReply}` : "";
  if (key && key !== prompted && find("[data-replying]")) answer(last);
  if (key || !last) prompted = key;
}

export function setUpComposer() {
  document.addEventListener("submit", (event) => {
    for (const [selector, act] of Object.entries(SUBMITS)) {
      if (!event.target.matches(selector)) continue;
      event.preventDefault();
      act(event.target);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-write-form] textarea")) return;
    if (event.key === "Escape") answer(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-write-form] textarea")) return;
    fit(event.target);
    if (event.target.value === "/" && find("[data-tray=commands]").hidden) show("commands");
  });
  document.addEventListener("change", (event) => {
    const kind = event.target.matches("[data-photo-input]") ? "photo" : "document";
    if (!event.target.matches("[data-photo-input], [data-document-input]")) return;
    choose(kind, event.target.files);
    event.target.value = "";
  });
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-say]")) {
      event.preventDefault();
      say(at("[data-say]").dataset.say);
      if (input().value === "/") input().value = "";
    } else if (at("[data-pick]")) {
      find(`[data-${at("[data-pick]").dataset.pick}-input]`).click();
      show("");
    } else if (at("[data-show]")) show(at("[data-show]").dataset.show);
    else if (at("[data-reply]")) answer(at("[data-message]"));
    else if (at("[data-reply-cancel]")) answer(null);
  });
  new MutationObserver(heedPrompt).observe(document.body, { childList: true, subtree: true });
}
