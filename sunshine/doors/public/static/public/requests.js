// While somebody writes what they need: what is public already. The words travel in the body, never in the address.
const box = document.getElementById("near");
const field = document.getElementById("id_wanted");
if (box && field) {
  const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
  let waiting = 0;
  let asked = "";
  const look = async () => {
    const words = field.value.trim().slice(0, 200);
    if (words.length < 2 || words === asked) return;
    asked = words;
    const body = new URLSearchParams({ words, csrfmiddlewaretoken: token });
    const answer = await fetch(box.dataset.near, { method: "POST", body });
    if (answer.ok && words === asked) box.innerHTML = await answer.text();
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 600);
  });
}
