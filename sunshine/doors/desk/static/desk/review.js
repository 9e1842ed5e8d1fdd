// Walks the findings by keyboard: n next, p previous, 1 2 3 decide; + takes the marked text as a finding of one's own.
const form = document.querySelector("form[data-review]");
const findings = [...form.querySelectorAll(".finding")];
const isTyping = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]") !== null;
let at = -1;

function show(next) {
  if (findings.length === 0) return;
  findings[at]?.classList.remove("is-current");
  document.querySelector(".found.is-current")?.classList.remove("is-current");
  at = (next + findings.length) % findings.length;
  const number = findings[at].id.replace("finding-", "");
  const mark = document.getElementById(`found-${number}`);
  findings[at].classList.add("is-current");
  findings[at].scrollIntoView({ block: "nearest" });
  if (mark) {
    mark.classList.add("is-current");
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  } else {
    findings[at].querySelector("input")?.focus();
  }
}

function decide(key) {
  const choice = findings[at]?.querySelectorAll("input[type=radio]")[Number(key) - 1];
  if (!choice) return;
  choice.checked = true;
  // To leave a finding as it is asks a reason; what must be changed speaks for itself.
  if (key !== "1") findings[at].querySelector("input[type=text]")?.focus();
}

function takeMarked() {
  const text = String(getSelection()).trim();
  const own = form.querySelector("[data-own]");
  const fields = [...own.querySelectorAll("input[type=text]")];
  const free = fields.findIndex((field, place) => place % 2 === 0 && !field.value);
  if (free === -1) return;
  own.open = true;
  fields[free].value = text.slice(0, 300);
  fields[text ? free + 1 : free].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const does = {
    n: () => show(at + 1),
    p: () => show(at === -1 ? findings.length - 1 : at - 1),
    1: () => decide("1"),
    2: () => decide("2"),
    3: () => decide("3"),
    "+": takeMarked,
  }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

for (const [place, finding] of findings.entries()) {
  document.getElementById(finding.id.replace("finding", "found"))?.addEventListener("click", () => show(place));
}
