// The film viewer: zoom, move, turn, invert, brightness and contrast on a picture made by the server.

const STEP = 1.25;
const MOVE = 40;

function start(dialog) {
  const image = dialog.querySelector("[data-viewer-image]");
  const stage = dialog.querySelector("[data-viewer-stage]");
  const original = dialog.querySelector("[data-viewer-original]");
  const invert = dialog.querySelector("[data-viewer-do=invert]");
  const sliders = [...dialog.querySelectorAll("[data-viewer-set]")];
  let look;

  function show() {
    image.style.transform = `translate(${look.x}px, ${look.y}px) scale(${look.zoom}) rotate(${look.turn}deg)`;
    image.style.filter = `invert(${look.invert ? 1 : 0}) brightness(${look.brightness}%) contrast(${look.contrast}%)`;
    invert.setAttribute("aria-pressed", look.invert);
  }

  const does = {
    larger: () => { look.zoom = Math.min(12, look.zoom * STEP); },
    smaller: () => { look.zoom = Math.max(0.5, look.zoom / STEP); },
    turn: () => { look.turn = (look.turn + 90) % 360; },
    invert: () => { look.invert = !look.invert; },
    reset: () => {
      look = { x: 0, y: 0, zoom: 1, turn: 0, invert: false, brightness: 100, contrast: 100 };
      for (const slider of sliders) slider.value = 100;
    },
    left: () => { look.x += MOVE; },
    right: () => { look.x -= MOVE; },
    up: () => { look.y += MOVE; },
    down: () => { look.y -= MOVE; },
  };
  const keys = {
    "+": "larger", "=": "larger", "-": "smaller", r: "turn", R: "turn", i: "invert", I: "invert", 0: "reset",
    ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
  };

  function run(name) {
    does[name]();
    show();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    image.src = link.href;
    image.alt = link.dataset.title;
    dialog.querySelector("#viewer-title").textContent = link.dataset.title;
    dialog.querySelector("[data-viewer-detail]").textContent = link.dataset.detail;
    original.hidden = !link.dataset.original;
    if (link.dataset.original) original.href = link.dataset.original;
    run("reset");
    dialog.showModal();
    stage.focus();
  });

  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-viewer-do]");
    if (button) run(button.dataset.viewerDo);
    if (event.target.closest("[data-viewer-close]")) dialog.close();
  });
  dialog.addEventListener("close", () => image.removeAttribute("src"));

  for (const slider of sliders) {
    slider.addEventListener("input", () => {
      look[slider.dataset.viewerSet] = slider.value;
      show();
    });
  }

  stage.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    run(keys[event.key]);
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    run(event.deltaY < 0 ? "larger" : "smaller");
  }, { passive: false });
  stage.addEventListener("pointerdown", (event) => stage.setPointerCapture(event.pointerId));
  stage.addEventListener("pointermove", (event) => {
    if (!stage.hasPointerCapture(event.pointerId)) return;
    look.x += event.movementX;
    look.y += event.movementY;
    show();
  });
}

const dialog = document.querySelector("#viewer");
if (dialog) start(dialog);
