// What happens: filters, keys, opening, printing.

const place = (id) => document.getElementById(id);
const tools = place("tools");
let left = [];
let shown = FIRST;
let isPrinting = false;

/** The rows of the filter anew, with what is open. */
function draw() {
  left = chosen();
  const number = isPrinting ? left.length : shown;
  const rows = left.slice(0, number).flatMap((student) =>
    student.key === view.student ? [rowOf(student), detailRow(student)] : [rowOf(student)]);
  place("table").replaceChildren(tableOf(rows));
  const opened = place("open");
  if (opened) {
    opened.previousElementSibling.querySelector(".open").setAttribute("aria-controls", "open");
    const grid = opened.querySelector(".scroll");
    if (grid) grid.scrollLeft = grid.scrollWidth;
  }
  tell();
}

function tell() {
  const listed = Math.min(shown, left.length);
  const part = listed < left.length ? `The first ${listed} of ` : "";
  const of = isFiltered() ? ` of ${students.length.toLocaleString("en")}` : "";
  const broken = unreadable ? ` ${counted(unreadable, "line")} of this page can't be read; cohort.json has them.` : "";
  place("told").textContent = left.length === 0 ? `No student matches${of ? `, of ${students.length.toLocaleString("en")}` : ""}.${broken}`
    : `${part}${counted(left.length, "student")}${of}.${broken}`;
  const rest = left.length - listed;
  place("more").replaceChildren(...(rest > 0 ? [
    make("button", { type: "button", id: "show-more" }, `Show ${Math.min(MORE, rest)} more`),
    make("span", { class: "quiet" }, `${rest.toLocaleString("en")} not shown`),
  ] : []));
}

/** Take on a change of what is looked at. */
function change(changes) {
  view = { ...view, ...changes };
  shown = FIRST;
  if (view.student !== "" && !chosen().some((student) => student.key === view.student)) {
    view = { ...view, student: "", week: "" };
  }
  showTools();
  draw();
  writeAddress();
}

function open(student, week = "") {
  const same = view.student === student.key && week === "";
  view = { ...view, student: same ? "" : student.key, week };
  draw();
  writeAddress();
}

function focusOn(student) {
  place(`student-${student.n}`)?.querySelector(".open").focus();
}

function choice(name, title, names) {
  const options = names.map((words) => make("option", { value: words }, words));
  return make("select", { id: `by-${name}`, name, "aria-label": titled(name) },
    make("option", { value: "" }, `All ${title}`), options);
}

function makeTools() {
  const used = (list, name) => list.filter((_, at) => students.some((student) => student[name] === at));
  const choices = [
    ["cohort", "cohorts", used(head.groups, "cohort")], ["coach", "coaches", used(head.groups, "coach")],
    ["track", "tracks", used(head.tracks, "track")],
  ].filter(([, , names]) => names.length > 1).map((each) => choice(...each));
  const orders = columns.filter((column) => !column.fixed).map((column) =>
    make("option", { value: column.name }, `Sort: ${column.title}`));
  const search = make("input", {
    type: "search", id: "search", name: "q", autocomplete: "off", spellcheck: "false",
    placeholder: head.public ? "Search a login" : "Search a name or login",
    "aria-label": "Search", "aria-keyshortcuts": "/",
  });
  tools.replaceChildren(
    make("div", { class: "search" }, search, make("kbd", { "aria-hidden": "true" }, "/")),
    ...choices,
    make("select", { id: "by-sort", name: "sort", "aria-label": "Sort by" }, orders),
    make("button", { type: "button", id: "reset" }, "Clear filters"));
  tools.hidden = false;
  for (const name of ["verdict", "attention"]) makeToggles(name);
}

/** The numbers at the top become the filters of what they count. */
function makeToggles(name) {
  for (const item of document.querySelectorAll(`li[data-${name}]`)) {
    const button = make("button", { type: "button", "data-filter": name, "data-value": item.dataset[name] });
    button.append(...item.childNodes);
    item.replaceChildren(button);
  }
}

function showTools() {
  for (const field of tools.querySelectorAll("[name]")) {
    if (field.value !== view[field.name]) field.value = view[field.name];
  }
  for (const button of document.querySelectorAll("[data-filter]")) {
    button.setAttribute("aria-pressed", String(view[button.dataset.filter] === button.dataset.value));
  }
  place("reset").disabled = !isFiltered();
}

function onClick(event) {
  if (event.target.closest(".skip")) {
    // The address keeps what is looked at.
    event.preventDefault();
    place("table").focus();
  }
  const button = event.target.closest("button");
  if (button === null) return;
  const { filter, value, sort, n, week } = button.dataset;
  if (filter) change({ [filter]: view[filter] === value ? "" : value });
  else if (sort) sortBy(sort);
  else if (n) { const student = read[Number(n)]; open(student); focusOn(student); }
  else if (week) { open(students.find((s) => s.key === view.student), week); document.querySelector(`[data-week="${week}"]`).focus(); }
  else if (button.id === "reset") { change({ ...PLAIN, sort: view.sort, order: view.order, student: view.student, week: view.week }); place("search").focus(); }
  else if (button.id === "show-more") showMore();
}

function sortBy(name) {
  const turned = view.sort === name && view.order === "ascending";
  change({ sort: name, order: turned ? "descending" : "ascending" });
  document.querySelector(`[data-sort="${name}"]`)?.focus();
}

/** More rows below the others, which stay as they are; the keyboard goes on at the first of them. */
function showMore() {
  const next = left.slice(shown, shown + MORE);
  document.querySelector(".students tbody").append(...next.map(rowOf));
  shown += MORE;
  tell();
  focusOn(next[0]);
}

function onKey(event) {
  const typing = event.target.closest("input, select, textarea") !== null;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    place("search").focus();
  } else if (event.key === "Escape" && event.target.id === "search" && view.q !== "") {
    event.preventDefault();
    change({ q: "" });
  } else if (event.key === "Escape" && view.student !== "") {
    const student = students.find((each) => each.key === view.student);
    change({ student: "", week: "" });
    if (student) focusOn(student);
  }
}

/** Look at what the address asks for: a student is shown even if filters of the link hide them. */
function follow() {
  readAddress();
  shown = FIRST;
  const student = students.find((each) => each.key === view.student);
  const before = place("told").textContent;
  let words = "";
  if (view.student !== "" && student === undefined) {
    words = `${view.student} is not on this page.`;
    view = { ...view, student: "", week: "" };
  } else if (student !== undefined && !chosen().includes(student)) {
    words = `The filters are cleared to show ${student.login}.`;
    view = { ...PLAIN, student: view.student, week: view.week };
  }
  if (student !== undefined) shown = Math.max(FIRST, chosen().indexOf(student) + 1);
  showTools();
  draw();
  if (words !== "" && before !== words) place("told").prepend(`${words} `);
  if (student !== undefined) place(`student-${student.n}`).scrollIntoView({ block: "start" });
}

function onPrint(printing) {
  if (isPrinting === printing) return;
  isPrinting = printing;
  draw();
}

makeTools();
follow();
tools.addEventListener("input", (event) => change({ [event.target.name]: event.target.value }));
tools.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => onPrint(true));
addEventListener("afterprint", () => onPrint(false));
matchMedia("print").addEventListener("change", (event) => onPrint(event.matches));
