// What is looked at: filters, order and the open student. All of it stands in the address, after
// the "#", so that a link shows what its sender saw.

const PLAIN = {
  q: "", cohort: "", coach: "", track: "", verdict: "", attention: "",
  sort: head.public ? "student" : "attention", order: "ascending", student: "", week: "",
};
let view = { ...PLAIN };

const VERDICT_ORDER = ["unmet", "unknown", "unseen", "met", "skipped"];
const verdictName = (student) => (student.verdict === UNSEEN ? "unseen" : head.verdicts[student.verdict]);
const LAST = 1e9;

/** How far a requirement is from being met, the farthest first; what isn't asked for comes last. */
function shortfall(student, place) {
  const found = cellAt(student, THIS_WEEK, place + 1);
  if (found === null || found.verdict === "skipped") return LAST;
  const [count, minimum] = student.counts.slice(2 * place, 2 * place + 2);
  return found.verdict === "unknown" ? LAST - 1 : count - minimum;
}

/** The number a column sorts by. The list itself is in the order of names. */
function sortKey(sort) {
  const place = head.requirements.indexOf(sort);
  if (place >= 0) return (student) => shortfall(student, place);
  switch (sort) {
    case "cohort": return (student) => (student.cohort < 0 ? LAST : student.cohort);
    case "coach": return (student) => (student.coach < 0 ? LAST : student.coach);
    case "verdict": return (student) => VERDICT_ORDER.indexOf(verdictName(student));
    case "attention": return (student) => student.pressing;
    default: return (student) => student.n;
  }
}

const indexOr = (list, name) => (name === "" ? null : list.indexOf(name));

/** The students that the filters leave, in order. */
function chosen() {
  const words = folded(view.q).split(/\s+/).filter((word) => word !== "");
  const cohort = indexOr(head.groups, view.cohort);
  const coach = indexOr(head.groups, view.coach);
  const track = indexOr(head.tracks, view.track);
  const bit = head.attention.findIndex(([name]) => name === view.attention);
  const left = students.filter((student) =>
    (cohort === null || student.cohort === cohort)
    && (coach === null || student.coach === coach)
    && (track === null || student.track === track)
    && (view.verdict === "" || verdictName(student) === view.verdict)
    && (view.attention === "" || (bit >= 0 && (student.flags & (1 << bit)) !== 0))
    && words.every((word) => student.searched.includes(word)));
  return sorted(left);
}

function sorted(left) {
  const key = sortKey(view.sort);
  const sign = view.order === "descending" ? -1 : 1;
  const keyed = left.map((student) => ({ student, key: key(student) }));
  keyed.sort((a, b) => sign * (a.key - b.key) || sign * (a.student.n - b.student.n));
  return keyed.map((entry) => entry.student);
}

/** Whether anything is filtered. */
const isFiltered = () =>
  ["q", "cohort", "coach", "track", "verdict", "attention"].some((name) => view[name] !== "");

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  view = { ...PLAIN };
  for (const name of Object.keys(PLAIN)) view[name] = asked.get(name) ?? PLAIN[name];
  if (view.order !== "descending") view.order = "ascending";
}

function writeAddress() {
  const said = new URLSearchParams();
  for (const [name, usual] of Object.entries(PLAIN)) {
    if (view[name] !== usual) said.set(name, view[name]);
  }
  const hash = said.toString();
  history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
}
