// What a keyboard scanner typed, whatever input method or layout the computer was set to.
// A scanner presses the keys of a US keyboard; the physical key (KeyboardEvent.code) is what it meant,
// while KeyboardEvent.key is what a Cyrillic layout or a Chinese input method made of it.

const GROUP_SEPARATOR = "\u001d";

const KEYS = { Space: "  ", Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Semicolon: ";:", Quote: "'\"", Backquote: "`~", Comma: ",<", Period: ".>", Slash: "/?", NumpadDivide: "//", NumpadMultiply: "**", NumpadSubtract: "--", NumpadAdd: "++", NumpadDecimal: ".." };
[..."1234567890"].forEach((digit, i) => { KEYS["Digit" + digit] = digit + "!@#$%^&*()"[i]; KEYS["Numpad" + digit] = digit + digit; });
[..."abcdefghijklmnopqrstuvwxyz"].forEach((letter) => { KEYS["Key" + letter.toUpperCase()] = letter + letter.toUpperCase(); });

/** The character that a scanner meant with this key press, or "" for a key that writes nothing. */
export function meant(event) {
  // FNC1 between the fields of a GS1 code arrives as Ctrl+] or as F8.
  if ((event.ctrlKey && event.code === "BracketRight") || event.code === "F8") return GROUP_SEPARATOR;
  if (event.ctrlKey || event.altKey || event.metaKey) return "";
  const both = KEYS[event.code];
  if (!both) return "";
  const isLetter = event.code.startsWith("Key");
  if (both.includes(event.key) && !(isLetter && event.getModifierState?.("CapsLock"))) return event.key;
  return both[event.shiftKey ? 1 : 0];
}

/** The code itself, without the scanner's symbology prefix (]C1, ]d2, ]Q3) and a leading FNC1. */
export function withoutPrefix(text) {
  return text.trim().replace(/^\][A-Za-z][0-9]/, "").replace(/^\u001d+/, "");
}
