// A list that stays open: rows that change are marked where they stand; they move when somebody wants it,
// or when the focus has left the list. Without this file the page is read again by its link.
"use strict";

(() => {
  const place = document.querySelector("[data-live]");
  if (!place || !window.EventSource) return;
  const words = place.dataset;
  const status = place.querySelector("[role=status]");
  const button = place.querySelector("button");
  const rows = (root) => [...root.querySelectorAll("[data-rows] tbody tr[data-task]")];
  const body = (root) => root.querySelector("[data-rows] tbody");
  let source = null;
  let since = words.since;
  let waiting = 0;
  let newer = null;

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(`${words.live}${encodeURIComponent(since)}`);
    for (const name of ["row", "refresh"]) source.addEventListener(name, (event) => later(event.lastEventId));
    source.addEventListener("end", (event) => close(JSON.parse(event.data).why));
    source.addEventListener("error", () => source?.readyState === EventSource.CLOSED && close("session"));
  }

  function close(why) {
    source?.close();
    source = null;
    if (why === "session" || why === "elsewhere") status.textContent = words[why];
    if (why === "closing") setTimeout(open, 5000);
  }

  function later(id) {
    since = id || since;
    if (!waiting) waiting = setTimeout(look, 200);
  }

  // Read the page again, and compare.
  async function look() {
    waiting = 0;
    const answer = await fetch(location.href, { headers: { "x-by-itself": "1" } });
    if (!answer.ok || answer.redirected) return;
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = new Map(rows(read).map((row) => [row.dataset.task, row]));
    const known = new Set(rows(document).map((row) => row.dataset.task));
    let moved = false;
    for (const row of rows(document)) moved = update(row, there.get(row.dataset.task)) || moved;
    const entered = [...there.keys()].filter((task) => !known.has(task));
    const order = rows(read).map((row) => row.dataset.task).join();
    const before = rows(document).map((row) => row.dataset.task).join();
    replace(read, ".queues");
    newer = moved || entered.length || order !== before ? read : null;
    button.hidden = newer === null;
    const changed = document.querySelectorAll("tr[data-fresh]").length;
    status.textContent = [
      entered.length ? `${words.entered}: ${entered.length}` : "",
      changed ? `${words.changed}: ${changed}` : "",
    ].filter(Boolean).join("; ");
  }

  // Take over what a row says now, without touching what may have the focus; tell whether it belongs elsewhere.
  function update(row, now) {
    if (!now) {
      mark(row, words.left);
      return true;
    }
    const same = row.dataset.stamp === now.dataset.stamp;
    row.querySelectorAll("td[data-label]").forEach((cell, n) => {
      cell.replaceChildren(...[...now.querySelectorAll("td[data-label]")[n].childNodes].map((it) => it.cloneNode(true)));
    });
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.value = now.querySelector("input[type=checkbox]").value;
    row.dataset.stamp = now.dataset.stamp;
    if (!same) mark(row, words.changed);
    const moves = row.dataset.urgency !== now.dataset.urgency;
    row.dataset.urgency = now.dataset.urgency;
    return moves;
  }

  function mark(row, word) {
    row.dataset.fresh = word;
    let badge = row.querySelector(".fresh");
    if (!badge) {
      badge = document.createElement("span");
      badge.className = "tag fresh";
      row.querySelector("th").append(" ", badge);
    }
    badge.textContent = word;
  }

  // Put the rows in the order in which they are now; what is marked stays marked, the focus stays on its row.
  function sort() {
    const read = newer;
    newer = null;
    button.hidden = true;
    status.textContent = "";
    if (!read) return;
    if (!body(document) || !body(read)) return location.reload();
    const old = new Map(rows(document).map((row) => [row.dataset.task, row]));
    const held = document.activeElement.closest("tr[data-task]")?.dataset.task;
    for (const row of rows(read)) {
      const before = old.get(row.dataset.task);
      if (before) row.querySelector("input[type=checkbox]").checked = before.querySelector("input[type=checkbox]").checked;
      else mark(row, words.new);
      if (before?.dataset.fresh) mark(row, before.dataset.fresh);
    }
    body(document).replaceWith(document.adoptNode(body(read)));
    if (held) document.querySelector(`tr[data-task="${CSS.escape(held)}"] [data-row]`)?.focus();
  }

  function replace(read, selector) {
    const [old, now] = [document, read].map((root) => root.querySelector(selector));
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(now));
  }

  button.addEventListener("click", sort);
  document.addEventListener("focusout", (event) => {
    if (!body(document)?.contains(event.target)) return;
    setTimeout(() => {
      if (document.hasFocus() && !body(document)?.contains(document.activeElement)) sort();
    });
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  open();
})();
