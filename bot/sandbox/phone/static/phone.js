// The page's own behaviour in the browser: taps, dialogs, theme and language. What happened is told to the server
// by emitEvent; what a person sees of the world always comes from the server as HTML. Nothing is fetched from elsewhere.

import { setUpClock } from "./clock.js";
import { setUpComposer } from "./composer.js";
import { setUpTalk } from "./talk.js";
import { find, tell } from "./wire.js";

const YEAR = 31536000;
const TOAST_MS = 3500;
let toastTimer = 0;

function remember(name, value) {
  document.cookie = `hongqi_${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** A sideways view switch: only a narrow page shows one of the two at a time. */
function view(name) {
  find(".stage").dataset.view = name;
}

/** `html` is made by the server, escaped. */
function toast(html) {
  const place = find("[data-toast]");
  place.innerHTML = html;
  place.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.classList.remove("shown"), TOAST_MS);
}

function alertBox(html) {
  const box = find("[data-alert]");
  box.querySelector("p").innerHTML = html;
  box.showModal();
}

function enlarge(url) {
  const viewer = find("[data-viewer]");
  viewer.querySelector("img").src = url;
  viewer.showModal();
}

function tap(key) {
  if (key.classList.contains("pending")) return;
  key.classList.add("pending");
  tell("phone_tap", { message: Number(key.closest("[data-message]").dataset.message), data: key.dataset.tap });
}

function open(entry) {
  view("chat");
  tell("phone_open", { chat: Number(entry.dataset.open), actor: Number(entry.dataset.actor) || null });
  history.pushState({ view: "chat" }, "");
}

const CLICKS = {
  "[data-tap]": tap,
  "[data-open]": open,
  "[data-start]": (link) => tell("phone_start", { payload: link.dataset.start }),
  "[data-enlarge]": (picture) => enlarge(picture.dataset.enlarge),
  "[data-earlier]": () => tell("phone_earlier"),
  "[data-back]": () => view("list"),
  "[data-dialog-close]": (button) => button.closest("dialog").close(),
  ".viewer": (viewer) => viewer.close(),
  ".spoiler": (spoiler) => spoiler.classList.add("revealed"),
  "[data-theme-switch]": () => {
    const theme = isDark() ? "light" : "dark";
    remember("theme", theme);
    showTheme(theme);
  },
  "[data-language]": () => {
    remember("language", document.documentElement.lang === "en" ? "zh" : "en");
    location.reload();
  },
};

function setUpClicks() {
  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(CLICKS)) {
      const target = event.target.closest(selector);
      if (!target) continue;
      if (target.matches('a[href="#"]')) event.preventDefault();
      act(target);
      return;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".spoiler")) event.target.click();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-act]")) tell("phone_act", { person: Number(event.target.value) });
  });
  addEventListener("popstate", () => view("list"));
}

/** What the server calls. */
window.phone = {
  toast,
  answered(message, data, answer) {
    for (const key of document.querySelectorAll(`[data-message="${message}"] .pending`)) {
      if (key.dataset.tap === data) key.classList.remove("pending");
    }
    if (answer.html) (answer.alert ? alertBox : toast)(answer.html);
    if (answer.url) window.open(answer.url, "_blank", "noopener");
  },
  opened(address) {
    view("chat");
    history.replaceState(history.state, "", address);
  },
};

setUpClicks();
setUpClock();
setUpComposer();
setUpTalk();
