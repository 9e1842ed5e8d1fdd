// Keeps what is typed on a draft in this window until it is sent, so that nothing is lost to a reload or a wrong
// link. Other windows and people do not see it. Without this script, saving by code works as it did.
const place = (reference) => `comment ${reference}`;

function keep(form) {
  const typed = {};
  for (const area of form.querySelectorAll("textarea")) {
    if (area.value.trim()) typed[area.name] = area.value;
  }
  sessionStorage.setItem(place(form.dataset.kept), JSON.stringify(typed));
}

function bringBack(form) {
  const typed = JSON.parse(sessionStorage.getItem(place(form.dataset.kept)) || "{}");
  for (const area of form.querySelectorAll("textarea")) {
    if (area.value.trim() || !typed[area.name]) continue;
    area.value = typed[area.name];
    area.closest("details")?.setAttribute("open", "");
    for (const told of form.querySelectorAll("[data-brought-back]")) told.hidden = false;
  }
}

try {
  for (const form of document.querySelectorAll("form[data-kept]")) {
    bringBack(form);
    form.addEventListener("input", () => keep(form));
  }
  for (const sent of document.querySelectorAll("[data-sent]")) {
    sessionStorage.removeItem(place(sent.dataset.sent));
  }
} catch {
  // a reader who lets no page keep anything still reads, types and sends
}
