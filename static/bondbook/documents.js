// Warehouse documents: scanning bins and goods into lines, the inbox of approvals by key, and printing.
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
  const asked = new URLSearchParams({ code, bin, site: place.dataset.site ?? head("site"), book: head("book") });
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

const hasGoods = (row) => ["line", "lot", "item"].some((name) => field(row, name)?.value);

function takeGoods(place, editor, target, found) {
  const { binField } = place.dataset;
  const row = target?.closest("[data-line]");
  const here = bin || (row && field(row, binField)?.value) || "";
  if (binField && !here) { refuse(editor, place.dataset.textBinFirst); return; }
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
  fill(chosen, found, sameGoods[0]);
  if (binField) put(field(chosen, binField), here);
  if (found.free && !figure(chosen).value) put(figure(chosen), found.free);
  flash(chosen, "is-new");
  accept(editor, binField ? `${place.dataset.textBin} ${here}. ${found.name}` : found.name);
  focusOn(figure(chosen));
}

// Whether the row is about the scanned goods: by its lot or item, or by the declared line that it stands for.
function holds(row, found) {
  const line = field(row, "line")?.selectedOptions?.[0];
  if (line) return found.kind === "lot" ? line.dataset.lot === found.code : line.dataset.item === found.item;
  const lot = field(row, "lot");
  if (found.kind === "lot" && lot) return sameCode(lot, found.code);
  return sameCode(field(row, "item"), found.item) && !(lot && lot.value);
}

// A row that says nothing yet, or only the bin in which one is.
function isBlank(row, binField, here) {
  const isElsewhere = binField && field(row, binField).value && !sameCode(field(row, binField), here);
  return !hasGoods(row) && !isElsewhere && !figure(row).value;
}

function fill(row, found, same) {
  const line = field(row, "line");
  if (line && same && same !== row) {
    const { value } = field(same, "line");
    if (line.tomselect) line.tomselect.setValue(value, true); else line.value = value;
  }
  if (found.kind === "lot" && field(row, "lot")) put(field(row, "lot"), found.code);
  const item = field(row, "item");
  if (item && !item.readOnly && found.item) put(item, found.item);
}

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

// The inbox: arrows choose, one key decides.
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
  } else if (event.code === "KeyA" && chosen) {
    event.preventDefault();
    chosen.querySelector("button[data-inbox-yes], [data-inbox-yes] a")?.click();
  } else if (event.code === "KeyR" && chosen) {
    event.preventDefault();
    chosen.querySelector("[data-inbox-no] a")?.click();
  } else if (event.key === "Enter" && event.target === chosen) {
    chosen.querySelector("[data-inbox-open]").click();
  }
});

function choose(entries, entry) {
  if (!entry) return;
  for (const one of entries) one.tabIndex = one === entry ? 0 : -1;
  entry.focus();
}

document.querySelector("[data-inbox-entry]")?.focus();

document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });
