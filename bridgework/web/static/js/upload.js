// Adding to the packet: picked files go at once, dropped ones too; too large ones are refused before they travel.

function formOf(target) {
  return target instanceof Element ? target.closest("form[data-upload]") : null;
}

function say(form, words) {
  form.querySelector("[role=status]").textContent = words;
}

function problem(form, files) {
  const limit = Number(form.dataset.maxBytes);
  const large = [...files].filter((file) => limit && file.size > limit).map((file) => file.name);
  if (large.length === 0) return "";
  return `${large.join(", ")}: too large. Each file may have up to ${form.dataset.maxWords}. Nothing was added.`;
}

function send(form) {
  const input = form.querySelector("[type=file]");
  if (input.files.length === 0) return;
  const words = problem(form, input.files);
  say(form, words || (input.files.length === 1 ? "Adding one file" : `Adding ${input.files.length} files`));
  if (words) {
    input.value = "";
    return;
  }
  form.querySelector("progress").hidden = false;
  form.requestSubmit();
}

document.addEventListener("change", (event) => {
  const form = formOf(event.target);
  if (form && event.target.type === "file") send(form);
});

document.addEventListener("dragover", (event) => {
  const form = document.querySelector("form[data-upload]");
  if (!form || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.classList.toggle("over", formOf(event.target) === form || form.closest("#packet")?.contains(event.target));
});

document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) document.querySelector("form[data-upload]")?.classList.remove("over");
});

// A file dropped beside the form must not replace the page.
document.addEventListener("drop", (event) => {
  const form = document.querySelector("form[data-upload]");
  if (!form || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  if (!form.classList.contains("over")) return;
  form.classList.remove("over");
  form.querySelector("[type=file]").files = event.dataTransfer.files;
  send(form);
});

document.body.addEventListener("htmx:xhr:progress", (event) => {
  const form = formOf(event.target);
  if (form && event.detail.lengthComputable) form.querySelector("progress").value = (100 * event.detail.loaded) / event.detail.total;
});

// A refusal comes with the packet and its sentence; show it like any answer.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (!formOf(event.detail.requestConfig?.elt)) return;
  const isPacket = event.detail.serverResponse.includes('id="packet"');
  if ([400, 413, 422].includes(event.detail.xhr.status) && isPacket) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event.detail.elt);
  if (!form) return;
  delete form.dataset.sending;
  form.querySelector("progress").hidden = true;
  if (!event.detail.successful && form.isConnected) say(form, "Not added: the server could not be reached or refused it. Nothing was lost; try again.");
});
