// The frame: menus close, the bar of what just happened goes after ten seconds, errors get the focus.

const TOAST_MS = 10_000;

function closeMenus(except) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const close = event.target.closest("[data-close]");
  if (close) close.closest("[data-toast]").remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("[data-menu][open]");
  closeMenus(null);
  open?.querySelector("summary").focus();
});

// Whoever has the pointer or the keyboard on the bar keeps it.
function dismissLater(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) dismissLater(toast);
    else toast.remove();
  }, TOAST_MS);
}

document.querySelectorAll("[data-toast]").forEach(dismissLater);
document.querySelector("[data-focus]")?.focus();

// A second press on a button that already sends is dropped; the server is idempotent too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sending) event.preventDefault();
  form.dataset.sending = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});
