// Fields that help: long choices can be searched, codes are suggested, the first error has the focus.

const LONG_CHOICE = 8;

function dress(root) {
  for (const select of root.querySelectorAll("select[data-select]")) {
    if (select.tomselect || select.closest("template") || (select.options.length <= LONG_CHOICE && !select.multiple)) continue;
    new TomSelect(select, {
      maxOptions: 200,
      allowEmptyOption: !select.required,
      plugins: select.multiple ? ["remove_button"] : ["dropdown_input"],
    });
    select.setAttribute("aria-hidden", "true");
  }
}

function focusFirstError(root) {
  const first = root.querySelector("[aria-invalid=true]:not([type=hidden]), [data-errors]");
  if (first) (first.tomselect ?? first).focus();
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

// Turning the wheel over a figure must not change it.
document.addEventListener("wheel", () => {
  if (document.activeElement?.type === "number") document.activeElement.blur();
}, { passive: true });

document.addEventListener("htmx:load", (event) => dress(event.target));
dress(document);
focusFirstError(document);
document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.requestConfig?.verb === "post") focusFirstError(event.target); });
document.addEventListener("bondbook:added", (event) => dress(event.target));
