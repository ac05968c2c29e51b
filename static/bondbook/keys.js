// Keys that do something on their own. A scanner's label may begin with any letter, so such a key is only heard once
// nothing has been typed for a moment before it and nothing follows it.

export const QUIET_MS = 300;

let pressed = [];
let lastAt = -Infinity;
let waiting;
const listeners = [];

/** Call listener(codes, target) when one key, or two in a row, stood alone outside of every field. */
export const onQuietKeys = (listener) => listeners.push(listener);

/** Whether the key that is just pressed follows no code: nothing was typed a moment before. */
export const isFirstKey = (event) => pressed.length <= 1 || event.timeStamp - lastAt > QUIET_MS;

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], .ts-control, dialog[open]");

document.addEventListener("keydown", (event) => {
  clearTimeout(waiting);
  // Only keys that write belong to a code; Escape or an arrow begins anew, Enter ends it.
  if (event.key.length > 1 && event.key !== "Process") {
    if (event.key === "Escape" || event.key.startsWith("Arrow")) pressed = [];
    return;
  }
  if (event.timeStamp - lastAt > QUIET_MS) pressed = [];
  lastAt = event.timeStamp;
  pressed.push(event.code);
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing);
  if (!isPlain || pressed.length > 2 || isTyping(event.target)) return;
  const { target } = event;
  waiting = setTimeout(() => {
    if (document.querySelector("dialog[open]")) return;
    for (const listener of listeners) listener(pressed, target);
  }, QUIET_MS);
}, true);
