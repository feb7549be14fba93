// A button that copies a citation; without this script a click on the citation selects it whole.
for (const button of document.querySelectorAll("article button")) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    getSelection().selectAllChildren(button.previousElementSibling);
    // It works in a file on disk, too, and asks for no permission.
    if (document.execCommand("copy")) button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = words), 2000);
  });
}
