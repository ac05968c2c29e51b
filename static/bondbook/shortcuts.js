// Keys for those who type all day. Listed for everyone by the key "?".
import { isFirstKey, onQuietKeys } from "./keys.js";

const shortcuts = document.getElementById("shortcuts");
const palette = document.getElementById("palette");
let isWaitingForPage = false;

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], .ts-control");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.code === "Enter") {
    // A question that is not open is not answered; its button asks it.
    const form = event.target.closest("form") ?? [...document.querySelectorAll("main form[method=post]")].find((one) => !one.closest("dialog:not([open])"));
    if (!form) {
      const next = document.querySelector(".document-actions > .btn-primary");
      if (next) { event.preventDefault(); next.click(); }
      return;
    }
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit]:not([data-add-line]):not([formnovalidate])"));
    return;
  }
  if (isCommand && event.code === "KeyK" && palette) {
    event.preventDefault();
    openPalette();
    return;
  }
  if (isCommand || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  plainKey(event);
});

function plainKey(event) {
  if (!isFirstKey(event)) return;
  // The physical key counts too, so that "/" works on a Cyrillic layout.
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) { event.preventDefault(); shortcuts?.showModal(); }
  else if (event.key === "/" || event.code === "Slash") {
    const box = document.querySelector("main [type=search]") ?? document.querySelector("[data-scan-box]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
}

// "g" and a letter, one after the other or in one go.
onQuietKeys((codes) => {
  const isGoing = isWaitingForPage || (codes.length === 2 && codes[0] === "KeyG");
  isWaitingForPage = false;
  if (isGoing) document.querySelector(`[data-go="${codes.at(-1).replace("Key", "").toLowerCase()}"]`)?.click();
  else if (codes.length === 1 && codes[0] === "KeyG") {
    isWaitingForPage = true;
    setTimeout(() => { isWaitingForPage = false; }, 1500);
  }
});

const input = palette?.querySelector("input");
const list = palette?.querySelector("ul");
let shown = [];
let chosen = 0;

function openPalette() {
  input.value = "";
  palette.showModal();
  fillPalette();
}

function fillPalette() {
  const wanted = input.value.trim().toLowerCase();
  const links = document.querySelectorAll(".sidebar-link, .page-head-actions a");
  const name = (link) => link.textContent.trim().toLowerCase();
  // What is called so comes before what only contains it.
  const rank = (link) => (name(link) === wanted ? 0 : name(link).startsWith(wanted) ? 1 : 2);
  shown = [...links].filter((link) => name(link).includes(wanted)).sort((one, other) => rank(one) - rank(other));
  list.replaceChildren(...shown.map((link, i) => {
    const option = Object.assign(document.createElement("li"), { id: `palette-${i}`, textContent: link.textContent.trim() });
    option.setAttribute("role", "option");
    option.addEventListener("click", () => link.click());
    return option;
  }));
  palette.querySelector("[data-nothing]").hidden = shown.length > 0;
  choose(0);
}

function choose(index) {
  chosen = (index + shown.length) % (shown.length || 1);
  [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", shown.length ? `palette-${chosen}` : "");
}

input?.addEventListener("input", fillPalette);
input?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
  if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
  if (event.key === "Enter") { event.preventDefault(); shown[chosen]?.click(); }
});
