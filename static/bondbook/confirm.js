// Ask over the page what would otherwise be asked on a page of its own.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-confirm], [data-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.confirm ?? opener.dataset.open);
    if (!dialog || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    opener.closest("[popover]")?.hidePopover();
    dialog.showModal();
    dialog.querySelector("input:not([type=hidden]), textarea, select, [type=submit]")?.focus();
    return;
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  else if (event.target.matches("dialog[open]") && isOutside(event)) event.target.close();
});

function isOutside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

for (const button of document.querySelectorAll("[data-open][hidden]")) button.hidden = false;

// A document must not be posted twice by an impatient click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "true";
  form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; form.removeAttribute("aria-busy"); }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) { delete form.dataset.sent; form.removeAttribute("aria-busy"); }
});
