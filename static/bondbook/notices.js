// Say it when the server could not be reached, or refused, instead of doing nothing.

export function notice(id) {
  const place = document.getElementById("notices");
  const words = document.getElementById(`notice-${id}`);
  if (place && words) place.replaceChildren(words.content.cloneNode(true));
}

addEventListener("offline", () => notice("offline"));
addEventListener("online", () => document.getElementById("notices")?.replaceChildren());
document.addEventListener("htmx:sendError", () => notice("offline"));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) notice("signed-out");
  else notice(status === 403 ? "forbidden" : "failed");
});
// After the session has ended a fragment's request is led to the sign-in page; load that as a page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL?.includes("/sign-in/")) {
    event.detail.shouldSwap = false;
    notice("signed-out");
  }
});
