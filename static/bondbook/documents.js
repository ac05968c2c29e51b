// Warehouse documents: scanning bins and goods into lines, the inbox of approvals by key, and printing.
import { isFirstKey, onQuietKeys } from "./keys.js";
import { addLine, flash, say, shownRows } from "./lines.js";
import { sound } from "./sound.js";

const field = (row, name) => name && row.querySelector(`[name$="-${name}"]`);
const number = (row) => row.querySelector("[data-line-number]").textContent;

// One scan after the other, however fast they come and however slowly the server answers.
let scans = Promise.resolve();
let bin = "";

document.addEventListener("bondbook:scan", (event) => {
  const place = document.querySelector("main [data-goods-scan]");
  if (!place || document.querySelector("dialog[open]")) return;
  const editor = place.querySelector("[data-lines]");
  const target = event.target.matches?.("input") ? event.target : null;
  event.stopPropagation();
  // A code scanned into a field of the head, such as the owner, stays there.
  if (target?.matches("[data-code]") && !editor.contains(target)) return;
  event.preventDefault();
  const { code, before } = event.detail;
  // What the code means decides where it goes; until then the field is as it was.
  if (target && before !== undefined) target.value = before;
  scans = scans
    .then(() => take(place, editor, target, code))
    .catch(() => refuse(editor, place.dataset.textOffline))
    .then(() => { if (document.activeElement === document.body) target?.focus(); });
}, true);

async function take(place, editor, target, code) {
  const head = (name) => place.closest("form").elements[name]?.value ?? "";
  const { binField, toField } = place.dataset;
  // What is moved must lie free in its bin; what is taken, free in any bin.
  const act = toField ? "move" : binField ? "count" : "take";
  const here = hereOf(place, target);
  const asked = new URLSearchParams({ code, act, bin: here, site: place.dataset.site ?? head("site"), book: head("book") });
  const answer = await fetch(`${place.dataset.goodsScan}?${asked}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const found = await answer.json();
  if (found.kind === "bin" && place.dataset.binField) takeBin(place, editor, target, found);
  else if (found.kind === "lot" || found.kind === "item") takeGoods(place, editor, target, found);
  else refuse(editor, `${place.dataset.textUnknown} ${code}`);
}

function takeBin(place, editor, target, found) {
  const { binField, toField } = place.dataset;
  const row = target?.closest("[data-line]");
  if (row && target === field(row, toField)) {
    put(target, found.code);
    accept(editor, `${place.dataset.textFilled} ${found.code}.`);
    target.dispatchEvent(new CustomEvent("bondbook:next", { bubbles: true }));
    return;
  }
  const waiting = toField ? shownRows(editor).filter((one) => hasGoods(one) && !field(one, toField).value) : [];
  if (waiting.length) {
    for (const one of waiting) { put(field(one, toField), found.code); flash(one, "is-new"); }
    bin = "";
    accept(editor, `${place.dataset.textFilled} ${found.code}.`);
    return;
  }
  bin = found.code;
  accept(editor, `${place.dataset.textBin} ${found.code}.`);
  if (row && target === field(row, binField) && !target.readOnly) {
    put(target, bin);
    if (hasGoods(row)) focusOn(figure(row));
    return;
  }
  // On a count sheet the bin's own lines come first.
  const next = shownRows(editor).find((one) => sameCode(field(one, binField), bin) && hasGoods(one) && !figure(one).value);
  if (next) focusOn(figure(next));
}

// The bin that was scanned last, or the one in which the row stands into which is scanned.
function hereOf(place, target) {
  const row = target?.closest("[data-line]");
  return bin || (row && field(row, place.dataset.binField)?.value) || "";
}

const hasGoods = (row) => ["line", "lot", "item"].some((name) => field(row, name)?.value);

function takeGoods(place, editor, target, found) {
  const { binField } = place.dataset;
  const here = hereOf(place, target);
  if (binField && !here) { refuse(editor, place.dataset.textBinFirst); return; }
  if (found.refused) { refuse(editor, found.refused); return; }
  if (found.lots) {
    if (found.lots.length === 1) takeGoods(place, editor, target, found.lots[0]);
    else askWhich(place, editor, target, found.lots);
    return;
  }
  const line = declaredLine(editor, found);
  if (line === "other") { refuse(editor, `${found.code} ${place.dataset.textOtherLot}`); return; }
  if (!takesOwner(place, editor, found)) return;
  const sameGoods = shownRows(editor).filter((one) => holds(one, found));
  const isHere = (one) => !binField || sameCode(field(one, binField), here);
  const known = sameGoods.find((one) => isHere(one));
  if (known && figure(known).value) {
    flash(known, "is-duplicate");
    sound(false);
    say(editor, `${place.dataset.textKnown} ${number(known)}: ${found.code}`);
    focusOn(figure(known));
    return;
  }
  const free = sameGoods.find((one) => binField && !field(one, binField).value);
  const blank = shownRows(editor).find((one) => isBlank(one, binField, here));
  const chosen = known ?? free ?? blank ?? addLine(editor);
  fill(chosen, found, line);
  if (binField) put(field(chosen, binField), here);
  if (found.free && !figure(chosen).value) put(figure(chosen), found.free);
  const isUndeclared = line === null;
  flash(chosen, isUndeclared || found.warning ? "is-duplicate" : "is-new");
  if (isUndeclared) refuse(editor, `${found.code} ${place.dataset.textUndeclared} ${number(chosen)}.`);
  else if (found.warning) refuse(editor, found.warning);
  else accept(editor, binField ? `${place.dataset.textBin} ${here}. ${found.name}` : found.name);
  focusOn(figure(chosen));
}

// Which declared line the scanned goods are of: undefined where no lines are declared, null where none is of them, and
// "other" for the label of another lot of an item that is declared.
function declaredLine(editor, found) {
  const lines = field(editor, "line")?.options;
  if (!lines) return undefined;
  const ofItem = [...lines].find((one) => one.dataset.item === found.item);
  if (found.kind !== "lot") return ofItem ?? null;
  return [...lines].find((one) => one.dataset.lot === found.code) ?? (ofItem ? "other" : null);
}

// The owner of what leaves is that of the first lot; lots of another owner go on another document.
function takesOwner(place, editor, found) {
  const owner = place.closest("form").elements.owner;
  if (!owner || !found.owner || sameCode(owner, found.owner)) return true;
  if (owner.value && shownRows(editor).some((row) => field(row, "lot")?.value)) {
    refuse(editor, `${found.code} ${place.dataset.textOtherOwner} ${found.owner}.`);
    return false;
  }
  put(owner, found.owner);
  return true;
}

// Several lots lie in the bin: the label says which, or whoever looks at them chooses.
function askWhich(place, editor, target, lots) {
  refuse(editor, place.dataset.textSeveral);
  const buttons = lots.map((lot) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: `${lot.code} · ${lot.quantity}` });
    button.addEventListener("click", () => takeGoods(place, editor, target, lot));
    return button;
  });
  const list = Object.assign(document.createElement("span"), { className: "btn-list" });
  list.append(...buttons);
  editor.querySelector("[data-line-note]").append(" ", list);
  buttons[0].focus();
}

// Whether the row is about the scanned goods: by its lot or item, or by the declared line that it stands for.
function holds(row, found) {
  const line = field(row, "line")?.selectedOptions?.[0];
  if (line?.value) return found.kind === "lot" ? line.dataset.lot === found.code : line.dataset.item === found.item;
  const lot = field(row, "lot");
  if (found.kind === "lot" && lot) return sameCode(lot, found.code);
  return sameCode(field(row, "item"), found.item) && !(lot && lot.value);
}

// A row that says nothing yet, or only the bin in which one is.
function isBlank(row, binField, here) {
  const isElsewhere = binField && field(row, binField).value && !sameCode(field(row, binField), here);
  return !hasGoods(row) && !isElsewhere && !figure(row).value;
}

function fill(row, found, declared) {
  const line = field(row, "line");
  if (line) {
    const value = declared?.value ?? "";
    if (line.tomselect) line.tomselect.setValue(value, true); else line.value = value;
    markDeclared(row);
    if (declared) return;
  }
  if (found.kind === "lot" && field(row, "lot")) put(field(row, "lot"), found.code);
  const item = field(row, "item");
  if (item && !item.readOnly && found.item) put(item, found.item);
}

// What is declared is named by its line; only what is not wants an item and its marks.
function markDeclared(row) {
  const line = field(row, "line");
  if (!line) return;
  for (const name of ["item", "description"]) {
    const input = field(row, name);
    input.readOnly = Boolean(line.value);
    input.tabIndex = line.value ? -1 : 0;
  }
}
const markAll = (root) => { for (const row of root.querySelectorAll("[data-goods-scan] tbody [data-line]")) markDeclared(row); };
markAll(document);
document.addEventListener("bondbook:added", (event) => markDeclared(event.target));
document.addEventListener("change", (event) => { if (event.target.name?.endsWith("-line")) markDeclared(event.target.closest("[data-line]")); });

const figure = (row) => field(row, "quantity");
const sameCode = (input, code) => Boolean(input) && input.value.trim().toUpperCase() === (code ?? "").toUpperCase();

function put(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function focusOn(input) {
  input.focus();
  input.select?.();
}

function accept(editor, text) {
  say(editor, text);
  sound(true);
}

function refuse(editor, text) {
  say(editor, text);
  sound(false);
}

// Enter in the head of a document goes to its next field, and from the last one into the first line.
document.addEventListener("keydown", (event) => {
  const head = event.target.closest?.("[data-moves-on]");
  if (!head || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest(".ts-wrapper, textarea")) return;
  event.preventDefault();
  moveOn(event.target, head);
});
document.addEventListener("bondbook:next", (event) => {
  const head = event.target.closest?.("[data-moves-on]");
  if (head) moveOn(event.target, head);
});

function moveOn(from, head) {
  const all = [...head.closest("form").querySelectorAll("[data-moves-on] :is(input, select), [data-line]:not([hidden]) :is(input, select)")]
    .filter((one) => one.type !== "hidden" && !one.readOnly && !one.closest("template, .ts-dropdown") && one.offsetParent);
  const next = all[all.indexOf(from) + 1];
  if (next) (next.tomselect ?? next).focus();
}

// Who types begins at once in the first field that wants something; on a touch screen the keyboard would be in the way.
const wants = (one) => !one.value && !one.readOnly && one.type !== "hidden" && !one.closest(".ts-wrapper");
const first = [...document.querySelectorAll("[data-moves-on] input[required]")].find(wants)
  // Where a bin is scanned first, the goods decide which row it belongs to.
  ?? [...document.querySelectorAll("[data-goods-scan] tbody input")].find((one) => wants(one) && !(hasGoods(one.closest("[data-line]")) && one.dataset.scan !== "quantity"));
if (first && document.activeElement === document.body && matchMedia("(pointer: fine)").matches) first.focus();

// The inbox: arrows choose, one key asks. What it asks says what the document comes to, and Enter answers.
document.addEventListener("keydown", (event) => {
  const inbox = document.querySelector("[data-inbox]");
  if (!inbox || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select")) return;
  const entries = [...inbox.querySelectorAll("[data-inbox-entry]")];
  const chosen = event.target.closest("[data-inbox-entry]") ?? null;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    choose(entries, chosen ? entries[entries.indexOf(chosen) + step] : entries[0]);
  } else if (event.key === "Enter" && event.target === chosen && isFirstKey(event)) {
    chosen.querySelector("[data-inbox-open]").click();
  }
});
onQuietKeys((codes, target) => {
  const chosen = codes.length === 1 && target.closest?.("[data-inbox-entry]");
  if (!chosen) return;
  if (codes[0] === "KeyA") chosen.querySelector("[data-inbox-yes] a")?.click();
  else if (codes[0] === "KeyR") chosen.querySelector("[data-inbox-no] a")?.click();
});

function choose(entries, entry) {
  if (!entry) return;
  for (const one of entries) one.tabIndex = one === entry ? 0 : -1;
  entry.focus();
}

document.querySelector("[data-inbox-entry]")?.focus();

document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });
