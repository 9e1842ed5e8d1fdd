// Walks the lines of a worklist by keyboard: j next, k previous, Enter opens (the link has the focus).
(() => {
  "use strict";

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const move = (list, step) => {
    const links = [...list.querySelectorAll(".worklist__title a")];
    if (links.length === 0) return;
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  };

  if (document.documentElement.hasAttribute("data-worklist-keys")) return;
  document.documentElement.setAttribute("data-worklist-keys", "");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const list = document.querySelector("[data-worklist]");
    if (!list || (event.key !== "j" && event.key !== "k")) return;
    event.preventDefault();
    move(list, event.key === "j" ? 1 : -1);
  });
})();
