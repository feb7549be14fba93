// A number's source in a pop-up, on hover, focus or tap; without this script it is the title.
const note = document.createElement("div");
note.id = "note";
note.setAttribute("role", "tooltip");
note.hidden = true;
document.body.append(note);
let owner = null;

function show(link) {
  owner = link;
  note.textContent = link.dataset.source;
  note.hidden = false;
  link.setAttribute("aria-describedby", "note");
  const at = link.getBoundingClientRect();
  const room = document.documentElement.clientWidth - note.offsetWidth - 8;
  const below = at.bottom + note.offsetHeight < innerHeight || at.top < note.offsetHeight;
  note.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
  note.style.top = `${scrollY + (below ? at.bottom : at.top - note.offsetHeight)}px`;
}

function hide() {
  if (owner) owner.removeAttribute("aria-describedby");
  owner = null;
  note.hidden = true;
}

for (const link of document.querySelectorAll("a.quantity")) {
  link.dataset.source = link.title;
  link.removeAttribute("title");
  link.addEventListener("mouseenter", () => show(link));
  link.addEventListener("mouseleave", (event) => event.relatedTarget === note || hide());
  link.addEventListener("focus", () => show(link));
  link.addEventListener("blur", hide);
  link.addEventListener("click", (event) => {
    if (matchMedia("(hover: none)").matches) {
      event.preventDefault();
      show(link);
    }
  });
}
note.addEventListener("mouseleave", hide);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("click", (event) => {
  if (owner && !note.contains(event.target) && !event.target.closest("a.quantity")) hide();
});
