// Makes the editor better where scripts run: a toolbar over the text, and what is typed is kept every few seconds.
const PAUSE = 3000;
const AGAIN = 15000;

const form = document.querySelector("#editor");
const words = JSON.parse(document.getElementById(form.dataset.words).textContent);
const state = form.querySelector("[data-autosave-state]");
const area = form.querySelector("textarea[data-body]");

// --- the text: pasted from Word it keeps headings, lists and tables; the server cleans it again

async function dress() {
  const prose = await import(form.dataset.editor);
  const button = (run, label, face, isActive) => ({ run, label, face, isActive });
  const box = document.createElement("div");
  box.className = "prose-editor";
  area.before(box);
  area.hidden = true;
  const extensions = [
    prose.Document, prose.Paragraph, prose.Text, prose.HardBreak, prose.History, prose.Dropcursor, prose.Gapcursor,
    prose.Bold, prose.Italic, prose.Underline, prose.Subscript, prose.Superscript, prose.Blockquote,
    prose.Heading.configure({ levels: [2, 3, 4] }), prose.BulletList, prose.OrderedList, prose.ListItem,
    prose.Link, prose.Table, prose.TableRow, prose.TableHeader, prose.TableCell, prose.NoSpellCheck,
  ];
  const name = area.labels[0]?.textContent.trim() || "";
  const editor = new prose.Editor({
    element: box,
    extensions,
    content: area.value,
    injectCSS: false, // the content security policy forbids it; the style sheet of the editor holds the same
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": name } },
    onUpdate: ({ editor: now }) => {
      area.value = now.isEmpty ? "" : now.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  // A button's name holds what stands on it, so that it can be called by either (WCAG 2.5.3).
  const chain = () => editor.chain().focus();
  const buttons = [
    button(() => chain().setParagraph().run(), words.paragraph, "¶", () => editor.isActive("paragraph")),
    button(() => chain().toggleHeading({ level: 2 }).run(), `${words.heading} 1 一、`, "一、", () => editor.isActive("heading", { level: 2 })),
    button(() => chain().toggleHeading({ level: 3 }).run(), `${words.heading} 2 （一）`, "（一）", () => editor.isActive("heading", { level: 3 })),
    button(() => chain().toggleBold().run(), words.bold, "B", () => editor.isActive("bold")),
    button(() => chain().toggleItalic().run(), words.italic, "I", () => editor.isActive("italic")),
    button(() => chain().toggleUnderline().run(), words.underline, "U", () => editor.isActive("underline")),
    button(() => chain().toggleBulletList().run(), words["bullet list"], "•", () => editor.isActive("bulletList")),
    button(() => chain().toggleOrderedList().run(), `${words["ordered list"]} 1.`, "1.", () => editor.isActive("orderedList")),
    button(() => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(), words.table, "⊞", () => editor.isActive("table")),
    button(() => chain().undo().run(), words.undo, "↶", () => false),
    button(() => chain().redo().run(), words.redo, "↷", () => false),
  ];
  box.before(toolbar(editor, buttons, name));
}

function toolbar(editor, buttons, name) {
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", name);
  const made = buttons.map(({ run, label, face, isActive }) => {
    const each = document.createElement("button");
    each.type = "button";
    each.className = "tools__tool";
    each.textContent = face;
    each.title = label;
    each.setAttribute("aria-label", label);
    each.addEventListener("click", run);
    bar.append(each);
    return () => each.setAttribute("aria-pressed", String(isActive()));
  });
  editor.on("transaction", () => made.forEach((show) => show()));
  return bar;
}

// --- keeping what is typed, aside from the draft, and saying honestly whether that worked

let timer = 0;
let isLeaving = false;

function changed() {
  if (!timer) state.textContent = words.unsaved;
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
}

async function keep() {
  const data = new FormData(form);
  for (const name of ["docx", "stay", "take_docx"]) data.delete(name);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, redirect: "manual" });
    timer = 0;
    if (answer.type === "opaqueredirect") return tell(words["signed out"], true);
    const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    tell(told.message || words.offline, !answer.ok);
  } catch {
    tell(words.offline, true);
    timer = setTimeout(keep, AGAIN);
  }
}

function tell(message, isGrave) {
  state.textContent = message;
  state.classList.toggle("is-grave", isGrave);
}

form.addEventListener("input", changed);
form.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer); // kept after the saving, it would be offered as never saved
});
addEventListener("beforeunload", (event) => {
  if (timer && !isLeaving) event.preventDefault();
});
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    form.querySelector("button[name=stay]").click();
  }
});

if (area) dress();
