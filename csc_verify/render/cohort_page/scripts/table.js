// The table: its columns and rows.

// Few at first, so that each key in the search shows its rows at once.
const FIRST = 60;
const MORE = 200;
const SHOWN_WEEKS = 8;

const ever = (test) => students.some(test);
const nothing = () => make("span", { class: "none" }, "–");

const titled = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** The class of what may still change. */
const still = (found) => (found.state === "final" ? "" : "still");

/** The verdict of a week, said by sign, word and colour. */
function verdictLabel(found) {
  return make("span", { class: `label ${found.look} ${still(found)}` }, mark(found.look), found.word);
}

function weekLabel(student) {
  const found = cellAt(student, THIS_WEEK);
  if (found === null) {
    return make("span", { class: "label unseen" }, mark("unseen"), "not checked");
  }
  const person = found.confirmed ? make("span", { class: "person" }, "by a person") : null;
  return make("span", { class: "stacked" }, verdictLabel(found), person);
}

/** The last weeks as signs, with one sentence for who doesn't see them. */
function weekSigns(student) {
  const first = Math.max(0, head.weeks.length - SHOWN_WEEKS);
  const cells = head.weeks.slice(first).map((_, at) => cellAt(student, first + at));
  const words = cells.map(cellWords).join("; ");
  return make("span", { class: "signs", role: "img", "aria-label": `Oldest first: ${words}` },
    cells.map((found, at) => sign(found, `${head.weeks[first + at][1]}: ${cellWords(found)}`)));
}

/** A week as one small square: its sign carries the colours itself, since there are many. */
function sign(found, words) {
  const square = mark(found === null ? "missing" : found.look);
  const person = found?.confirmed ? "confirmed" : "";
  square.classList.add("sign", ...[found === null ? "" : still(found), person].filter((name) => name !== ""));
  const title = document.createElementNS(SVG, "title");
  title.append(words);
  square.prepend(title);
  return square;
}

function requirementCell(student, place) {
  const found = cellAt(student, THIS_WEEK, place + 1);
  if (found === null || found.verdict === "skipped") return nothing();
  const [count, minimum] = student.counts.slice(2 * place, 2 * place + 2);
  const unseen = make("span", { class: "unseen-by-eye" }, ` ${cellWords(found)}`);
  return make("span", { class: `count ${found.look}`, title: cellWords(found) },
    mark(found.look), found.verdict === "unknown" && count === 0 ? `?/${minimum}` : `${count}/${minimum}`,
    unseen);
}

function who(student) {
  const open = view.student === student.key;
  const name = student.name || student.login || student.key;
  const button = make("button", {
    type: "button", class: "open", "aria-expanded": String(open), "data-n": student.n,
  }, make("span", { class: "arrow", "aria-hidden": "true" }), make("span", { class: "name" }, name));
  const below = [
    student.name && student.login ? make("span", { class: "login" }, student.login) : null,
    student.track >= 0 ? make("span", {}, head.tracks[student.track]) : null,
  ].filter((part) => part !== null);
  return [button, below.length ? make("span", { class: "below" }, below) : null];
}

function why(student) {
  const flags = head.attention.filter((_, bit) => student.flags & (1 << bit))
    .map(([name, words]) => make("span", { class: `flag ${name}` }, words));
  const reasons = student.reasons.map((number) => make("li", {}, sentence(text(number))));
  return flags.length + reasons.length === 0 ? nothing()
    : [make("span", { class: "flags" }, flags), make("ul", { class: "reasons" }, reasons)];
}

const group = (name) => (student) => student[name] < 0 ? nothing() : head.groups[student[name]];

/** Columns that say something of anybody. Each sorts by its name; one of null doesn't. */
const columns = [
  { name: "student", title: head.public ? "Login" : "Student", cell: who },
  { name: "cohort", title: "Cohort", cell: group("cohort"), shown: ever((s) => s.cohort >= 0) },
  { name: "coach", title: "Coach", cell: group("coach"), shown: ever((s) => s.coach >= 0) },
  { name: "verdict", title: "Week", cell: weekLabel },
  ...head.requirements.map((name, place) => ({
    name,
    title: titled(name),
    cell: (student) => requirementCell(student, place),
    shown: ever((s) => !["skipped", undefined].includes(cellAt(s, THIS_WEEK, place + 1)?.verdict)),
    kind: "number",
  })),
  { name: "weeks", title: "Last weeks", cell: weekSigns, fixed: true, shown: head.weeks.length > 1 },
  { name: "attention", title: "What to look at", cell: why, shown: !head.public },
].filter((column) => column.shown !== false);

function heading(column) {
  const active = view.sort === column.name;
  const content = column.fixed ? column.title : make("button", {
    type: "button", class: "sort", "data-sort": column.name,
  }, column.title, make("span", { class: "direction", "aria-hidden": "true" }));
  return make("th", {
    scope: "col", role: "columnheader", class: `${column.name} ${column.kind ?? ""}`,
    "aria-sort": column.fixed ? null : active ? view.order : "none",
  }, content);
}

function rowOf(student) {
  const row = make("tr", { class: "student", role: "row", id: `student-${student.n}` });
  columns.forEach((column, at) => {
    const [tag, role] = at === 0 ? ["th", "rowheader"] : ["td", "cell"];
    row.append(make(tag, {
      role, scope: at === 0 ? "row" : null, class: `${column.name} ${column.kind ?? ""}`,
      "data-title": column.title,
    }, column.cell(student)));
  });
  return row;
}

function tableOf(rows) {
  const caption = make("caption", { class: "unseen-by-eye" },
    `Students and their week ${head.weeks[THIS_WEEK][1]}; a student's button opens the evidence`);
  return make("table", { class: "students", role: "table", "aria-labelledby": "list" }, caption,
    make("colgroup", {}, columns.map((column) => make("col", { class: column.name }))),
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, columns.map(heading))),
    make("tbody", { role: "rowgroup" }, rows));
}
