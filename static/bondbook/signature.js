// A field to sign in: what is drawn goes into a hidden field as a PNG, black on white in light and dark alike.

const INK = "#111827";
const PAPER = "#ffffff";
const LINE_WIDTH = 5;

for (const pad of document.querySelectorAll("[data-signature]")) {
  const canvas = pad.querySelector("canvas");
  const note = pad.querySelector("[data-signature-note]");
  const field = document.getElementById(pad.dataset.signature);
  const pen = canvas.getContext("2d");
  let isDown = false;

  const clear = () => {
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
    note.hidden = false;
  };

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };

  clear();
  pen.lineWidth = LINE_WIDTH;
  pen.lineCap = "round";
  pen.lineJoin = "round";

  canvas.addEventListener("pointerdown", (event) => {
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    pen.strokeStyle = INK;
    pen.beginPath();
    pen.moveTo(...at(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!isDown) return;
    pen.lineTo(...at(event));
    pen.stroke();
    note.hidden = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (isDown && note.hidden) field.value = canvas.toDataURL("image/png");
      isDown = false;
    });
  }
  pad.querySelector("[data-signature-clear]").addEventListener("click", clear);
}
