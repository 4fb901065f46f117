// "/" goes to the search field, unless someone is typing.

const find = document.querySelector("[data-find]");

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (!find || find.offsetParent === null) return;
  event.preventDefault();
  find.focus();
  find.select();
});
