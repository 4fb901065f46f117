// Runs before the page is drawn: parts that need JavaScript show, their plain counterparts hide.
document.documentElement.classList.add("js");
