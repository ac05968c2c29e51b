// Change colours at once; the server keeps the choice in a cookie, so the next page comes drawn right.

document.documentElement.classList.add("has-script");

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "theme") return;
  event.preventDefault();
  const body = new FormData(event.target, button);
  fetch(event.target.action, { method: "POST", body, redirect: "manual" });
  if (button.value === "auto") delete document.documentElement.dataset.bsTheme;
  else document.documentElement.dataset.bsTheme = button.value;
  for (const other of button.parentElement.querySelectorAll("[name=theme]")) other.setAttribute("aria-pressed", String(other === button));
});
