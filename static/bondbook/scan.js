// A wedge scanner anywhere on the page: a burst of keys that ends with Enter goes to the scan box,
// or to whoever listens for "bondbook:scan" and calls preventDefault(), such as a line editor.
import { QUIET_MS } from "./keys.js";
import { meant, withoutPrefix } from "./scan-code.js";

// In a field people type too: nobody types four keys in a row at a twentieth of a second each, while a wireless
// scanner may stumble once. Outside of fields nobody types words, and a slow scanner is believed as well.
const IN_FIELDS = { longestPause: 120, longestAverage: 50, shortestCode: 4 };
const ELSEWHERE = { longestPause: QUIET_MS, longestAverage: QUIET_MS, shortestCode: 2 };

let burst = null;

const limits = ({ field }) => (field ? IN_FIELDS : ELSEWHERE);

function startOfBurst(event) {
  const field = event.target.matches?.("input, textarea, select") ? event.target : null;
  return { text: "", field, before: field?.value, first: event.timeStamp, last: event.timeStamp };
}

function isFromScanner(typed, end) {
  const { longestAverage, shortestCode } = limits(typed);
  const { text, first } = typed;
  return text.length >= shortestCode && !end.ctrlKey && (end.timeStamp - first) / text.length <= longestAverage;
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.key === "Shift" || event.key === "CapsLock") return;
  const isEnd = event.code === "Enter" || event.code === "NumpadEnter";
  if (burst && event.timeStamp - burst.last > limits(burst).longestPause) burst = null;
  if (isEnd) {
    if (burst && isFromScanner(burst, event)) take(burst, event);
    burst = null;
    return;
  }
  const character = meant(event);
  if (!character) return;
  // A blank inside a code would press the button that has the focus.
  if (event.code === "Space" && burst && !burst.field) event.preventDefault();
  burst ??= startOfBurst(event);
  burst.text += character;
  burst.last = event.timeStamp;
  if (event.ctrlKey || event.code === "F8") event.preventDefault();
}, true);

function take(scanned, event) {
  const { field } = scanned;
  if (field?.matches("textarea, [type=password], [data-no-scan]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const code = withoutPrefix(scanned.text);
  const isForField = field?.matches("[data-code], [data-scan-box], dialog [type=search], dialog [type=text]");
  // An input method may still be composing; leaving the field ends that, and what it wrote is put right.
  field?.blur();
  setTimeout(() => {
    if (field) field.value = isForField ? code : scanned.before;
    // A list may have chosen something by the letters that it heard.
    if (field?.matches("select")) field.dispatchEvent(new Event("change", { bubbles: true }));
    deliver(code, field, isForField, scanned.before);
  });
}

function deliver(code, field, isForField, before) {
  const heard = new CustomEvent("bondbook:scan", { bubbles: true, cancelable: true, detail: { code, before } });
  if (!(field ?? document.body).dispatchEvent(heard)) return;
  if (isForField && !field.matches("[data-scan-box]")) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
    field.dispatchEvent(new CustomEvent("bondbook:next", { bubbles: true }));
    return;
  }
  const box = document.querySelector("[data-scan-box]");
  if (!box) return;
  box.value = code;
  box.form.requestSubmit();
}

document.addEventListener("submit", (event) => {
  const box = event.target.querySelector("[data-scan-box]");
  if (box) box.value = withoutPrefix(box.value);
});
