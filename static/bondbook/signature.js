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
    note.hidden = false;
  };

  const take = (drawn) => {
    field.value = drawn;
    // As if it had been typed, so that the draft in the browser keeps it too.
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // A form that was refused comes back with what was drawn, and so does a draft after a lost session.
  const draw = (drawn) => {
    clear();
    if (!drawn.startsWith("data:image/png;base64,")) return;
    const picture = new Image();
    picture.addEventListener("load", () => {
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      note.hidden = true;
    });
    picture.src = drawn;
  };

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };

  draw(field.value);
  pad.closest("form").addEventListener("bondbook:restore", (event) => draw(event.detail.values.get(field.name) ?? ""));
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
      if (isDown && note.hidden) take(canvas.toDataURL("image/png"));
      isDown = false;
    });
  }
  pad.querySelector("[data-signature-clear]").addEventListener("click", () => {
    clear();
    take("");
  });
}
