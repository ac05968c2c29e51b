// Lines of a document: add, remove, scan, and paste from a spreadsheet. The server's formset stays in charge of
// what a line is; this only makes copies of its empty line.
import { sound } from "./sound.js";

const FIELDS = "input:not([type=hidden]):not([name$=-DELETE]):not([readonly]), select, textarea";

const rows = (editor) => [...editor.querySelectorAll("tbody > [data-line]")];
export const shownRows = (editor) => rows(editor).filter((row) => !row.hidden);
const fields = (row) => [...row.querySelectorAll(FIELDS)].filter((field) => !field.closest(".ts-wrapper") || field.tomselect);
const total = (editor) => editor.querySelector(`[name="${editor.dataset.lines}-TOTAL_FORMS"]`);
const isEmpty = (row) => fields(row).every((field) => !field.value || field.value === field.dataset.fresh);

export function addLine(editor) {
  const index = Number(total(editor).value);
  const row = editor.querySelector("[data-line-template]").content.firstElementChild.cloneNode(true);
  for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name).replace(/__prefix__/g, index));
    }
  }
  editor.querySelector("tbody").append(row);
  total(editor).value = index + 1;
  remember(row);
  number(editor);
  row.dispatchEvent(new CustomEvent("bondbook:added", { bubbles: true }));
  return row;
}

function remember(row) {
  for (const field of fields(row)) field.dataset.fresh ??= field.value;
}

function number(editor) {
  shownRows(editor).forEach((row, i) => { row.querySelector("[data-line-number]").textContent = i + 1; });
}

function removeLine(editor, row) {
  const flag = row.querySelector("[name$=-DELETE]");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (flag) flag.checked = true;
  row.hidden = true;
  for (const field of fields(row)) field.required = false;
  number(editor);
  (shownRows(editor).length ? fields(next?.hidden ? shownRows(editor).at(-1) : next)[0] : editor.querySelector("[data-add-line]"))?.focus();
  row.closest("form")?.dispatchEvent(new Event("change"));
}

export function flash(row, name) {
  row.classList.remove("is-new", "is-duplicate");
  void row.offsetWidth;
  row.classList.add(name);
  row.scrollIntoView({ block: "nearest" });
}

export function say(editor, text) {
  editor.querySelector("[data-line-note]").textContent = text;
}

function put(field, text) {
  const value = text.trim();
  if (field.matches("select")) {
    const wanted = value.toLowerCase();
    const option = [...field.options].find((one) => one.value.toLowerCase() === wanted || one.text.trim().toLowerCase() === wanted)
      ?? [...field.options].find((one) => one.value && one.text.trim().toLowerCase().startsWith(`${wanted} `));
    if (option && field.tomselect) field.tomselect.setValue(option.value, true);
    else if (option) field.value = option.value;
  } else if (field.type === "checkbox") field.checked = /^(1|x|y|yes|true|是|да)$/i.test(value);
  else if (field.type === "number") field.value = plainNumber(value);
  else if (field.type === "date") field.value = isoDate(value);
  else field.value = value;
}

// Spreadsheets write figures in the language of whoever made them: 1,250.5 or 1 250,5.
export function plainNumber(text) {
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, "").replace("−", "-");
  const lastComma = bare.lastIndexOf(",");
  const lastPoint = bare.lastIndexOf(".");
  if (lastComma > lastPoint) {
    const isGrouping = lastPoint === -1 && /^-?\d{1,3}(,\d{3})+$/.test(bare) && document.documentElement.lang !== "ru";
    return isGrouping ? bare.replaceAll(",", "") : bare.replaceAll(".", "").replace(",", ".");
  }
  return bare.replaceAll(",", "");
}

function isoDate(text) {
  const dotted = text.match(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/);
  if (dotted) return `${dotted[3]}-${dotted[2].padStart(2, "0")}-${dotted[1].padStart(2, "0")}`;
  const ordered = text.match(/^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})/);
  return ordered ? `${ordered[1]}-${ordered[2].padStart(2, "0")}-${ordered[3].padStart(2, "0")}` : text;
}

function paste(editor, start, text) {
  const table = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
  const firstRow = start.closest("[data-line]");
  const firstColumn = fields(firstRow).indexOf(start);
  let row = firstRow;
  table.forEach((cells, i) => {
    if (i > 0) row = shownRows(editor)[shownRows(editor).indexOf(row) + 1] ?? addLine(editor);
    const targets = fields(row);
    cells.forEach((cell, j) => { if (targets[firstColumn + j]) put(targets[firstColumn + j], cell); });
    flash(row, "is-new");
  });
  say(editor, editor.dataset.textPasted);
  start.closest("form")?.dispatchEvent(new Event("change"));
}

function scanned(editor, code) {
  const ending = `-${editor.dataset.scanField}`;
  const codeField = (row) => row.querySelector(`[name$="${ending}"]`);
  const known = shownRows(editor).find((row) => codeField(row)?.value === code);
  if (known) {
    flash(known, "is-duplicate");
    say(editor, `${editor.dataset.textDuplicate} ${known.querySelector("[data-line-number]").textContent}: ${code}`);
    sound(false);
    return;
  }
  const row = shownRows(editor).find((one) => codeField(one) && !codeField(one).value) ?? addLine(editor);
  put(codeField(row), code);
  codeField(row).dispatchEvent(new Event("change", { bubbles: true }));
  say(editor, "");
  flash(row, "is-new");
  sound(true);
  moveOn(editor, codeField(row));
}

function moveOn(editor, field) {
  const all = shownRows(editor).flatMap(fields);
  const next = all[all.indexOf(field) + 1] ?? (isEmpty(field.closest("[data-line]")) ? null : fields(addLine(editor))[0]);
  if (!next) return;
  (next.tomselect ?? next).focus();
  next.select?.();
}

const editorOf = (target) => target.closest?.("[data-lines]");

document.addEventListener("click", (event) => {
  const editor = editorOf(event.target);
  if (!editor) return;
  if (event.target.closest("[data-add-line]")) {
    event.preventDefault();
    const first = fields(addLine(editor))[0];
    (first.tomselect ?? first).focus();
  } else if (event.target.closest("[data-remove-line]")) removeLine(editor, event.target.closest("[data-line]"));
});

document.addEventListener("paste", (event) => {
  const editor = editorOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!editor || !/[\t\n]/.test(text.trim()) || !event.target.closest("[data-line]")) return;
  event.preventDefault();
  const field = fields(event.target.closest("[data-line]")).find((one) => one === event.target || one.parentElement?.contains(event.target)) ?? event.target;
  paste(editor, field, text);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  const editor = editorOf(event.target);
  if (!editor || !event.target.matches(FIELDS) || event.target.matches("textarea") || event.target.closest(".ts-wrapper")) return;
  event.preventDefault();
  moveOn(editor, event.target);
});
document.addEventListener("bondbook:next", (event) => {
  const editor = editorOf(event.target);
  if (editor) moveOn(editor, event.target);
});

document.addEventListener("bondbook:scan", (event) => {
  const editor = editorOf(event.target) ?? document.querySelector("main [data-scan-field]");
  if (!editor?.dataset.scanField || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  scanned(editor, event.detail.code);
});

document.addEventListener("bondbook:restore", (event) => {
  for (const editor of event.target.querySelectorAll("[data-lines]")) {
    const wanted = Number(event.detail.values.get(`${editor.dataset.lines}-TOTAL_FORMS`) ?? 0);
    while (Number(total(editor).value) < wanted) addLine(editor);
    setTimeout(() => {
      for (const row of rows(editor)) if (row.querySelector("[name$=-DELETE]")?.checked) row.hidden = true;
      number(editor);
    });
  }
});

for (const editor of document.querySelectorAll("[data-lines]")) {
  for (const row of rows(editor)) {
    remember(row);
    if (row.querySelector("[name$=-DELETE]")?.checked) row.hidden = true;
  }
  number(editor);
}
