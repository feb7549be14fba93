// Shows the figures whose row holds every word of the query; without a query the list is folded.
const form = document.querySelector("form");
const query = form.querySelector("input");
const status = form.querySelector("[role=status]");
const list = document.querySelector("details.all");
const rows = [...document.querySelectorAll("table.figures tbody tr")];
const plain = (text) => text.toLowerCase().normalize("NFKC").replace(/(\d)[\s,](?=\d)/g, "$1");
const texts = rows.map((row) => plain(row.textContent));

function search() {
  const words = plain(query.value).split(/\s+/);
  list.open = words.some(Boolean);
  let found = 0;
  rows.forEach((row, place) => {
    row.hidden = !words.every((word) => texts[place].includes(word));
    found += !row.hidden;
  });
  status.textContent = status.dataset.found.replace("{n}", found).replace("{all}", rows.length);
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
query.addEventListener("input", search);
search();
