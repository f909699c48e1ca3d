// What opens below a student: all weeks as signs, and one of them with its evidence.

/** The list of a finding, with how many more there are than the page holds. */
function list(kind, title, items, more) {
  if (!items?.length) return null;
  const rest = more ? make("li", { class: "rest" }, `and ${more.toLocaleString("en")} more in cohort.json`) : null;
  return [make("h5", {}, title), make("ul", { class: kind }, items, rest)];
}

function evidenceItem([kind, address, at, title, count]) {
  const times = count > 1 ? ` × ${count}` : "";
  return make("li", {}, make("span", { class: "kind" }, text(kind).replaceAll("-", " ") + times), " ",
    link(address, title), " ", make("span", { class: "at" }, at));
}

function leftOutItem([what, reason, mend]) {
  return make("li", {}, make("strong", {}, what), ` — ${text(reason)}`,
    mend === null ? null : make("span", { class: "mend" }, ` To mend it: ${sentence(text(mend))}`));
}

function finding([place, verdict, count, minimum, reason], held, found) {
  const person = held?.w !== undefined && text(held.w) === "person";
  const source = person || held?.w === undefined ? null : make("span", { class: "source" }, `source: ${text(held.w)}`);
  return make("section", { class: "finding" },
    make("h4", {}, found === null ? null : mark(found.look), titled(head.requirements[place]), " ",
      make("span", { class: "of" }, `${count} of ${minimum}`), " ",
      make("span", { class: `word ${head.verdicts[verdict]}` }, found?.word ?? head.verdicts[verdict]),
      found?.confirmed ? make("span", { class: "person" }, "confirmed by a person") : null),
    make("p", {}, sentence(text(reason))),
    held?.n === undefined ? null : make("p", { class: "step" }, text(held.n)),
    list("evidence", "Evidence", held?.e?.map(evidenceItem), held?.m),
    held?.p === undefined ? null : make("p", { class: "quiet" }, sentence(text(held.p))),
    list("left", "Left out", held?.l?.map(leftOutItem), held?.k),
    list("notes", "Notes", held?.a?.map((note) => make("li", {}, sentence(text(note))))),
    source);
}

function revision([at, verdict, reason, changed]) {
  const before = changed.map(([place, was, said]) =>
    `${head.requirements[place]} was ${head.verdicts[was]}: ${text(said)}`);
  return make("li", {}, make("span", { class: "at" }, at), ` — ${head.verdicts[verdict]} until then; ${text(reason)}`,
    before.length ? make("ul", {}, before.map((words) => make("li", {}, words))) : null);
}

/** One week: its findings, or what little the page knows of it. */
function weekPanel(student, number, week) {
  const title = `Week ${head.weeks[number][1]}`;
  const whole = cellAt(student, number);
  const top = make("h3", {}, title, " ", whole === null ? null : verdictLabel(whole));
  if (week === undefined) {
    const words = head.public ? sentence(cellWords(whole)) : "Nobody checked this week.";
    return make("div", { class: "week" }, top, make("p", { class: "quiet" }, words));
  }
  const [, facts, held] = week;
  const found = facts.map((fact, at) => finding(fact, held?.f[at], cellAt(student, number, fact[0] + 1)));
  const outside = (held?.o ?? []).map(([place, reason]) => `${head.requirements[place]}: ${text(reason)}`);
  return make("div", { class: "week" }, top,
    held === null ? make("p", { class: "notice" }, "The evidence of this week is in cohort.json: one page can't hold all of it.")
      : make("p", {}, sentence(text(held.v))),
    held?.s === undefined ? null : make("p", { class: "quiet" }, sentence(text(held.s))),
    make("div", { class: "findings" }, found),
    outside.length ? make("p", { class: "quiet" }, `Not asked for — ${outside.join("; ")}.`) : null,
    list("revisions", "What it said before", held?.r?.map(revision)),
    held?.t ? make("p", { class: "quiet" }, `Checked ${held.t}.`) : null);
}

/** All weeks: a column a week with a button that chooses it, a row a requirement. */
function historyGrid(student, chosenWeek) {
  const names = ["week", ...head.requirements];
  const asked = names.map((_, place) => place === 0
    || head.weeks.some((_, week) => !["skipped", undefined].includes(cellAt(student, week, place)?.verdict)));
  const choices = head.weeks.map(([start, words, short], week) => make("th", { scope: "col" },
    make("button", {
      type: "button", class: "choose", "data-week": start, "aria-pressed": String(week === chosenWeek),
      "aria-label": `${words}: ${cellWords(cellAt(student, week))}`,
    }, short)));
  const rows = names.map((name, place) => asked[place] ? make("tr", {}, make("th", { scope: "row" }, titled(name)),
    head.weeks.map((_, week) => {
      const found = cellAt(student, week, place);
      return make("td", {}, sign(found, cellWords(found)),
        make("span", { class: "unseen-by-eye" }, cellWords(found)));
    })) : null);
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "All weeks" },
    make("table", { class: "grid" }, make("caption", { class: "unseen-by-eye" }, "Week by week, oldest first"),
      make("thead", {}, make("tr", {}, make("td", {}), choices)), make("tbody", {}, rows)));
}

function about([checked, repository, newest, contradictions, trouble]) {
  const parts = [
    head.public || trouble.length ? null
      : text(checked) === "published" ? "As their published log says" : "Checked live",
    repository || null,
    newest ? `their log's newest week begins on ${newest}` : null,
  ].filter((part) => part !== null);
  return [
    trouble.length ? make("p", { class: "notice" }, trouble.map(text).filter((t) => t !== "").map(sentence).join(" ")) : null,
    contradictions.length ? make("div", { class: "notice" }, make("p", {}, "A live check says otherwise than the published log:"),
      make("ul", {}, contradictions.map((number) => make("li", {}, sentence(text(number)))))) : null,
    parts.length ? make("p", { class: "quiet" }, `${parts.join(" · ")}`) : null,
  ];
}

/** The row that opens below a student's. */
function detailRow(student) {
  const details = detailsOf(student);
  const cellAttributes = { colspan: String(columns.length), role: "cell" };
  const row = (...content) => make("tr", { class: "detail", role: "row", id: "open" },
    make("td", cellAttributes, make("div", { class: "inside" }, content)));
  if (details === null) return row(make("p", { class: "notice" }, "What is said of this student can't be read. It is in cohort.json."));
  const [said, weeks] = details;
  const asked = head.weeks.findIndex(([start]) => start === view.week);
  const number = asked >= 0 ? asked : THIS_WEEK;
  const week = weeks.find(([at]) => at === number);
  const known = head.public || weeks.length > 0;
  return row(about(said), known ? [historyGrid(student, number), weekPanel(student, number, week)] : null);
}
