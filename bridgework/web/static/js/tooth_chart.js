// The tooth chart: the checkboxes hold the truth; the drawing, the typed numbers and the words in the middle follow them.
// One tab stop; arrows follow the arch, up and down cross to the opposite tooth, Space picks, Home and End go to its ends.

const QUADRANTS = { UR: 1, UL: 2, LL: 3, LR: 4 };

function chart(root) {
  const svg = root.querySelector("[data-chart]");
  const readout = root.querySelector("[data-readout]");
  const typed = root.querySelector("[name=teeth_typed]");
  const boxes = new Map([...root.querySelectorAll("[name=teeth]")].map((box) => [box.value, box]));
  const drawn = [...svg.querySelectorAll(".tooth")];
  const byNumber = new Map(drawn.map((tooth) => [tooth.dataset.u, tooth]));
  const byFdi = new Map(drawn.map((tooth) => [tooth.dataset.f, tooth.dataset.u]));

  const rank = (number) => (/^\d+$/.test(number) ? Number(number) : 100 + number.charCodeAt(0));
  const picked = () => [...boxes.keys()].filter((number) => boxes.get(number).checked).sort((a, b) => rank(a) - rank(b));
  const shown = () => drawn.filter((tooth) => getComputedStyle(tooth.parentNode).display !== "none");

  // "19", "B", "3.6", "UR6"; null for what this page cannot read (the server then says so).
  function read(word) {
    const plain = word.replace(/^#/, "").toUpperCase();
    if (boxes.has(plain)) return plain;
    const dotted = plain.match(/^([1-8])\.([1-8])$/);
    if (dotted) return byFdi.get(dotted[1] + dotted[2]) ?? null;
    const palmer = plain.match(/^(UR|UL|LL|LR)([1-8])$/);
    return palmer ? (byFdi.get(`${QUADRANTS[palmer[1]]}${palmer[2]}`) ?? null) : null;
  }

  function words(text) {
    return text.split(/[\s,;]+/).filter(Boolean);
  }

  function say(numbers) {
    readout.replaceChildren();
    const add = (tag, text) => readout.append(Object.assign(document.createElement(tag), { textContent: text }));
    const tooth = byNumber.get(numbers[0]);
    if (numbers.length === 0) add("span", "No tooth picked");
    else if (numbers.length === 1 && tooth) {
      add("b", `#${numbers[0]}`);
      add("span", `FDI ${tooth.dataset.f}`);
      add("span", tooth.dataset.n);
    } else {
      add("b", `${numbers.length} teeth`);
      add("span", numbers.map((number) => `#${number}`).join(", "));
    }
  }

  function draw() {
    const numbers = picked();
    for (const tooth of drawn) {
      const isOn = numbers.includes(tooth.dataset.u);
      tooth.classList.toggle("on", isOn);
      tooth.setAttribute("aria-checked", isOn);
    }
    say(numbers);
    return numbers;
  }

  function write() {
    const unread = words(typed.value).filter((word) => read(word) === null);
    typed.value = [...draw(), ...unread].join(", ");
  }

  function tellForm() {
    root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function toggle(tooth) {
    const box = boxes.get(tooth.dataset.u);
    box.checked = !box.checked;
    write();
    tellForm();
  }

  function only(numbers) {
    for (const [number, box] of boxes) box.checked = numbers.includes(number);
  }

  function stop(tooth, focus) {
    for (const other of drawn) other.tabIndex = -1;
    tooth.tabIndex = 0;
    if (focus) tooth.focus();
  }

  // Arches of what is shown, each from the patient's right to the left.
  function arches() {
    const groups = new Map();
    for (const tooth of shown()) {
      const name = tooth.parentNode.classList[0] + ("12 56".includes(tooth.dataset.f[0]) ? " upper" : " lower");
      groups.set(name, [...(groups.get(name) ?? []), tooth]);
    }
    return groups;
  }

  function beside(tooth, key) {
    const groups = arches();
    const [name, arch] = [...groups].find(([, teeth]) => teeth.includes(tooth));
    const at = arch.indexOf(tooth);
    if (key === "ArrowRight") return arch[at + 1];
    if (key === "ArrowLeft") return arch[at - 1];
    if (key === "Home") return arch[0];
    if (key === "End") return arch.at(-1);
    if (key !== "ArrowUp" && key !== "ArrowDown") return null;
    const opposite = name.endsWith("upper") ? name.replace("upper", "lower") : name.replace("lower", "upper");
    return groups.get(opposite)?.[at];
  }

  svg.addEventListener("click", (event) => {
    const tooth = event.target.closest(".tooth");
    if (!tooth) return;
    toggle(tooth);
    stop(tooth, true);
  });

  svg.addEventListener("keydown", (event) => {
    const tooth = event.target.closest(".tooth");
    if (!tooth) return;
    if (event.key === " " || event.key === "Enter") toggle(tooth);
    else {
      const next = beside(tooth, event.key);
      if (next === null) return;
      if (next) stop(next, true);
    }
    event.preventDefault();
  });

  typed.addEventListener("input", () => {
    only(words(typed.value).map(read).filter(Boolean));
    draw();
  });
  typed.addEventListener("blur", write);

  for (const radio of root.querySelectorAll("[name=dentition]")) {
    radio.addEventListener("change", () => stop(shown()[0], false));
  }

  document.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use-tooth]");
    if (!use) return;
    event.preventDefault();
    only([use.dataset.useTooth]);
    typed.value = "";
    write();
    tellForm();
    const tooth = byNumber.get(use.dataset.useTooth);
    if (tooth) stop(tooth, true);
  });

  svg.removeAttribute("aria-hidden");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", "Tooth chart. Large numbers outside are Universal, small numbers inside are FDI.");
  for (const tooth of drawn) {
    tooth.setAttribute("role", "checkbox");
    tooth.setAttribute("aria-label", tooth.dataset.label);
  }
  root.classList.add("live");
  write();
  stop(byNumber.get(picked()[0]) ?? shown()[0], false);
}

document.querySelectorAll("[data-teeth]").forEach(chart);
