// Titles for what is being written into a search box. Without this script the box works as it did.
const PAUSE = 150;
const LEAST = 1;

function listFor(box) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-titles`;
  box.after(list);
  box.setAttribute("list", list.id);
  box.setAttribute("autocomplete", "off");
  return list;
}

function show(list, titles) {
  list.replaceChildren(
    ...titles.map((title) => {
      const option = document.createElement("option");
      option.value = title;
      return option;
    }),
  );
}

function suggestIn(box) {
  const address = new URL("suggest/", new URL(box.form.action, document.baseURI));
  const list = listFor(box);
  let waiting = 0;
  let asking = null;

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    address.searchParams.set("q", box.value);
    try {
      const response = await fetch(address, { signal: asking.signal });
      if (response.ok) show(list, (await response.json())[1]);
    } catch (error) {
      if (error.name !== "AbortError") show(list, []);
    }
  }

  box.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.isComposing || box.value.trim().length < LEAST) return;
    waiting = setTimeout(ask, PAUSE);
  });
}

for (const box of document.querySelectorAll("input[type=search][name=q]")) suggestIn(box);
