// Fields that help: long choices can be searched, codes are suggested, the first error has the focus.
import { sound } from "./sound.js";

const LONG_CHOICE = 8;

const folded = (text) => (text ?? "").trim().toLowerCase();

// The codes of a choice, where it has any: what is typed whole means that choice and no other that contains it.
const codesOf = (item) => [item.code, item.barcode, item.text].map(folded).filter(Boolean);

// Tom Select's own order prefers what begins a word: "D-01" would choose YARD-01 before D-01.
function score(typed) {
  const usual = this.getScoreFunction(typed);
  const wanted = folded(typed);
  return (item) => {
    const codes = wanted ? codesOf(item) : [];
    if (codes.includes(wanted)) return 1000;
    return codes.some((code) => code.startsWith(wanted)) ? 100 + usual(item) : usual(item);
  };
}

function dress(root) {
  for (const select of root.querySelectorAll("select[data-select]")) {
    if (select.tomselect || select.closest("template") || (select.options.length <= LONG_CHOICE && !select.multiple)) continue;
    new TomSelect(select, {
      maxOptions: 200,
      searchField: ["text", "code", "barcode"],
      score,
      // Enter chooses by what is typed, also when it follows at once.
      refreshThrottle: 0,
      allowEmptyOption: !select.required,
      plugins: select.multiple ? ["remove_button"] : ["dropdown_input"],
    });
    select.setAttribute("aria-hidden", "true");
  }
}

// A list that opened by itself would cover the error below it and the fields after it.
function focusClosed(list) {
  const { openOnFocus } = list.settings;
  list.settings.openOnFocus = false;
  list.focus();
  setTimeout(() => { list.settings.openOnFocus = openOnFocus; }, 50);
}

function focusFirstError(root) {
  const first = root.querySelector("[aria-invalid=true]:not([type=hidden]), [data-errors]");
  if (!first) return;
  if (first.tomselect) focusClosed(first.tomselect);
  else first.focus();
}

// Suggestions come from the server as people type, into the browser's own list.
let asking;
document.addEventListener("input", (event) => {
  const field = event.target;
  const address = field.dataset?.suggestUrl;
  if (!address || field.value.length < 2) return;
  clearTimeout(asking);
  asking = setTimeout(async () => {
    const url = new URL(address, location.href);
    url.searchParams.set("q", field.value);
    // What is suggested may depend on what the form says elsewhere.
    for (const name of (field.dataset.suggestWith ?? "").split(" ")) {
      const value = name && field.form.elements[name]?.value;
      if (value) url.searchParams.set(name, value);
    }
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { results } = await answer.json();
    const id = `${field.id}-suggestions`;
    let list = document.getElementById(id);
    if (!list) {
      list = Object.assign(document.createElement("datalist"), { id });
      field.after(list);
      field.setAttribute("list", id);
    }
    list.replaceChildren(...results.map(({ code, name }) => Object.assign(document.createElement("option"), { value: code, label: `${code} · ${name}` })));
  }, 200);
});

// A scanned code is chosen in the list that waits for such codes, and nothing that is only like it.
document.addEventListener("bondbook:scan", (event) => {
  const select = event.target.closest?.(".field")?.querySelector("select[data-scan]") ?? document.querySelector("main select[data-scan]");
  if (!select?.tomselect || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const wanted = folded(event.detail.code);
  const options = Object.values(select.tomselect.options);
  const chosen = options.find((one) => folded(one.barcode) === wanted) ?? options.find((one) => folded(one.code) === wanted);
  if (chosen) select.tomselect.addItem(chosen.value);
  sound(Boolean(chosen));
  select.tomselect.focus();
});

// Turning the wheel over a figure must not change it.
document.addEventListener("wheel", () => {
  if (document.activeElement?.type === "number") document.activeElement.blur();
}, { passive: true });

document.addEventListener("htmx:load", (event) => dress(event.target));
dress(document);
focusFirstError(document);
document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.requestConfig?.verb === "post") focusFirstError(event.target); });
document.addEventListener("bondbook:added", (event) => dress(event.target));
