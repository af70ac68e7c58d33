// Tables that can be sorted by their heads and searched; commands that can be copied.

// The number of a cell: what the page says it sorts by, else the number that is shown.
function numberOf(cell) {
  return Number(cell.dataset.order ?? parseFloat(cell.textContent.replaceAll(",", "")));
}

function sortBy(table, column, ascending) {
  const body = table.tBodies[0];
  const numeric =
    table.tHead.rows[0].cells[column].classList.contains("n") || [...body.rows].every((row) => row.cells[column]?.dataset.order);
  const valueOf = (row) => (numeric ? numberOf(row.cells[column]) : row.cells[column].textContent);
  const text = new Intl.Collator("en", { numeric: true });
  const compare = numeric ? (a, b) => (isNaN(a) ? -Infinity : a) - (isNaN(b) ? -Infinity : b) || 0 : text.compare;
  const rows = [...body.rows].map((row) => [valueOf(row), row]).sort(([a], [b]) => (ascending ? compare(a, b) : compare(b, a)));
  body.append(...rows.map(([, row]) => row));
  [...table.tHead.rows[0].cells].forEach((cell, i) => {
    if (i === column) cell.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    else cell.removeAttribute("aria-sort");
  });
}

function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = element("button", { type: "button" }, cell.textContent);
    // Numbers begin with the largest: that is what one looks for.
    button.addEventListener("click", () => {
      const now = cell.getAttribute("aria-sort");
      sortBy(table, column, now ? now === "descending" : !cell.classList.contains("n"));
    });
    cell.replaceChildren(button);
  });
}

function makeSearchable(box, table) {
  const rows = [...table.tBodies[0].rows];
  const input = element("input", { type: "search", "aria-label": `Search in: ${table.caption.textContent}`, placeholder: "Search" });
  const found = element("span", { role: "status" });
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let hits = 0;
    for (const row of rows) {
      const hit = row.textContent.toLowerCase().includes(wanted);
      row.hidden = !hit;
      hits += hit;
    }
    found.textContent = wanted === "" ? "" : `${withCommas(hits)} of ${withCommas(rows.length)} rows`;
  });
  box.before(element("div", { class: "search" }, input, found));
}

function makeTables() {
  for (const table of document.querySelectorAll("table:not(.heat)")) {
    const rows = table.tBodies[0].rows.length;
    if (rows > 5) makeSortable(table);
    const box = table.parentElement;
    if ("search" in box.dataset && rows > 12) makeSearchable(box, table);
    if (rows > 50) {
      table.classList.add("cut");
      box.after(element("p", { class: "print-only" }, `The first 50 of ${withCommas(rows)} rows are printed.`));
    }
  }
}

function makeCommands() {
  for (const command of document.querySelectorAll(".command")) {
    const code = command.querySelector("code");
    const button = element("button", { type: "button" }, "Copy");
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Selected"; // the browser does not let a page copy: the reader can
      }
    });
    command.append(button);
  }
}
