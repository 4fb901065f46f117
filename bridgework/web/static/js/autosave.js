// A draft saves itself: htmx posts the form; here is what people see of it, the retry, and the warning before leaving.
// Nothing is kept in the browser: what is typed may be about a patient.

const RETRY_MS = 5_000;

function watch(form) {
  const status = document.querySelector("[data-saved]");
  let isUnsaved = false;
  let retry;

  function say(words, state) {
    if (!status) return;
    status.textContent = words;
    status.dataset.state = state;
  }

  const now = () => new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  const isOurs = (event) => event.detail.elt === form;

  form.addEventListener("input", () => { isUnsaved = true; });
  form.addEventListener("change", () => { isUnsaved = true; });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (!isOurs(event)) return;
    isUnsaved = false;
    say("Saving", "saving");
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!isOurs(event)) return;
    clearTimeout(retry);
    if (event.detail.successful) {
      say(isUnsaved ? "Saving" : `Saved ${now()}`, "saved");
      return;
    }
    isUnsaved = true;
    const status = event.detail.xhr.status;
    if (status >= 400 && status < 500) {
      say("Not saved. Copy what you typed, then reload the page.", "failed");
      return;
    }
    say("Not saved yet: no connection. Trying again; leave the page open.", "failed");
    retry = setTimeout(() => form.dispatchEvent(new Event("change")), RETRY_MS);
  });

  form.addEventListener("submit", () => { isUnsaved = false; });

  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
}

// An answer may be older than what was picked since: what stands in the page wins over what the answer brings.
function carryOver(before, after) {
  before.querySelectorAll("input[name], select[name], textarea[name]").forEach((field) => {
    if (field.type === "hidden") return;
    after.querySelectorAll(`[name="${CSS.escape(field.name)}"]`).forEach((fresh) => {
      if (field.type !== "radio" && field.type !== "checkbox") fresh.value = field.value;
      else if (fresh.value === field.value) fresh.checked = field.checked;
    });
  });
}

document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  carryOver(event.detail.target, event.detail.fragment);
});

document.querySelectorAll("form[data-autosave]").forEach(watch);
