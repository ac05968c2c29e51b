// What was typed into a form marked data-draft="name" is kept in this browser until the form was taken by the
// server, and offered again after a lost session or a closed window. Each user has their own.

const KEPT_DAYS = 7;
const user = document.body.dataset.user;
const keyOf = (form) => `bondbook-draft:${user}:${form.dataset.draft}`;
const SKIPPED = "[type=password], [type=file], [name=csrfmiddlewaretoken], [name=next]";

function read(form) {
  return [...form.elements]
    .filter((field) => field.name && field.type !== "submit" && field.type !== "button" && !field.matches(SKIPPED) && !field.closest("template"))
    .map((field) => [field.name, field.type === "checkbox" || field.type === "radio" ? (field.checked ? field.value : null) : field.value])
    .filter(([, value]) => value !== null);
}

function write(form, values) {
  form.dispatchEvent(new CustomEvent("bondbook:restore", { bubbles: true, detail: { values: new Map(values) } }));
  const wanted = new Map();
  for (const [name, value] of values) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.matches(SKIPPED) || field.name.endsWith("_FORMS")) continue;
    const kept = wanted.get(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept?.includes(field.value) ?? false;
    else if (kept && field.tomselect) field.tomselect.setValue(kept[0]);
    else if (kept) field.value = kept[0];
  }
}

function keep(form) {
  localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values: read(form) }));
}

function kept(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)));
    return draft && Date.now() - draft.at < KEPT_DAYS * 86400000 ? draft.values : null;
  } catch {
    return null;
  }
}

function offer(form, values) {
  const words = document.getElementById("notice-draft").content.cloneNode(true);
  const box = words.firstElementChild;
  box.querySelector("[data-draft-restore]").addEventListener("click", () => { write(form, values); box.remove(); form.querySelector("input:not([type=hidden])")?.focus(); });
  box.querySelector("[data-draft-forget]").addEventListener("click", () => { localStorage.removeItem(keyOf(form)); box.remove(); });
  form.prepend(words);
}

if (user) {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  const sent = sessionStorage.getItem("bondbook-sent");
  // The form was taken when the answer is a page that neither shows the form again nor an error.
  if (sent && !document.querySelector("[data-error-page]")) {
    if (!forms.some((form) => keyOf(form) === sent)) localStorage.removeItem(sent);
    sessionStorage.removeItem("bondbook-sent");
  }
  for (const form of forms) {
    const fresh = JSON.stringify(read(form));
    const values = kept(form);
    const isShownAgainWithErrors = form.querySelector("[aria-invalid=true], [data-errors]");
    if (values && !isShownAgainWithErrors && JSON.stringify(values) !== fresh) offer(form, values);
    let waiting;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => keep(form), 300); });
    form.addEventListener("change", () => keep(form));
    form.addEventListener("submit", () => { clearTimeout(waiting); keep(form); sessionStorage.setItem("bondbook-sent", keyOf(form)); });
  }
}
