// Keys that do something on their own. A scanner's label may begin with any letter, so such a key is only heard once
// nothing has been typed for a moment before it and nothing follows it.

export const QUIET_MS = 300;

let pressed = [];
let lastAt = -Infinity;
let waiting;
const listeners = [];

/** Call listener(codes, target) when one key, or two in a row, stood alone outside of every field. */
export const onQuietKeys = (listener) => listeners.push(listener);

/** Whether the key that is just pressed follows none that was pressed a moment ago. */
export const isFirstKey = () => pressed.length <= 1;

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], .ts-control, dialog[open]");

document.addEventListener("keydown", (event) => {
  clearTimeout(waiting);
  if (["Shift", "CapsLock", "Control", "Alt", "Meta"].includes(event.key)) return;
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
