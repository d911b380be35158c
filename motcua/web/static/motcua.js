// Small comforts. Every page reads and every form sends without this file.
"use strict";

const typing = (target) =>
  target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;

// A checkbox with data-all marks every checkbox of the table that it stands in.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-all]")) return;
  const boxes = event.target.closest("table").querySelectorAll("tbody input[type=checkbox]");
  for (const box of boxes) box.checked = event.target.checked;
});

// A select with data-go leads to its value at once; without this file its form has a button.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

// Buttons with data-print print the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// Keys: an element with data-key is pressed by it, unless somebody types or has switched keys off.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (localStorage.getItem("keys") === "off") return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) {
    event.preventDefault();
    if (wanted.matches("input, select, textarea")) wanted.focus();
    else wanted.click();
    return;
  }
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  if (event.key === "x") event.target.closest("[data-rows] tr")?.querySelector("input[type=checkbox]")?.click();
});

// j and k walk through the links of the rows of a list.
function step(by) {
  const links = [...document.querySelectorAll("[data-rows] tbody a[data-row]")];
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  if (next) next.focus();
}

// A picture of lanes that is wider than the window opens where the dossier stands.
function towardsLit() {
  for (const frame of document.querySelectorAll(".scroll:has(.lanes .lit)")) {
    const lit = frame.querySelector(".lanes .lit").getBoundingClientRect();
    const seen = frame.getBoundingClientRect();
    if (lit.right > seen.right) frame.scrollLeft += (lit.left + lit.right - seen.left - seen.right) / 2;
  }
}
towardsLit();
document.addEventListener("htmx:after:swap", towardsLit);
