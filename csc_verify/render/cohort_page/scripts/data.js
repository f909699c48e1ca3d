// What the page holds. Lines are read one by one, so that a broken one costs one student.

const head = JSON.parse(document.getElementById("head").textContent);
const UNSEEN = head.verdicts.length;
const STATES = ["final", "settling", "open"];
const THIS_WEEK = head.weeks.length - 1;
const SPAN = 1 + head.requirements.length;

const lines = (id) => {
  const text = document.getElementById(id).textContent;
  return text === "" ? [] : text.split("\n");
};

const text = (number) => head.texts[number];

/** A text as it is searched: without case and accents. */
const folded = (words) =>
  words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** What one character of a week says; null for a week that nobody checked. */
function cell(character) {
  if (character === undefined || character === ".") return null;
  const number = Number.parseInt(character, 36);
  const [verdict, state] = [head.verdicts[number % 4], STATES[Math.floor(number / 4) % 3]];
  const waiting = state === "open" && (verdict === "unknown" || verdict === "unmet");
  return {
    verdict,
    state,
    confirmed: number >= 12,
    look: waiting ? "progress" : verdict,
    word: waiting ? "in progress" : verdict,
  };
}

/** A cell in words. */
function cellWords(found) {
  if (found === null) return "not checked";
  const settling = found.state === "settling" ? ", still settling" : "";
  return found.word + settling + (found.confirmed ? ", confirmed by a person" : "");
}

/** One line of the list as a student; null if it can't be read. */
function readStudent(line, n) {
  try {
    const [key, login, name, cohort, coach, track, verdict, flags, counts, cells, reasons] =
      JSON.parse(line);
    const first = head.attention.findIndex((_, bit) => bit > 0 && flags & (1 << bit));
    return {
      n, key, login, name, cohort, coach, track, verdict, flags, counts, cells, reasons,
      pressing: first < 0 ? head.attention.length : first,
      searched: folded(`${login}\n${name}`),
    };
  } catch {
    return null;
  }
}

const read = lines("students").map(readStudent);
const students = read.filter((student) => student !== null);
const unreadable = read.length - students.length;

/** The cell of a student's week: 0 is the whole of it, 1 and on are its requirements. */
const cellAt = (student, week, place = 0) => cell(student.cells[week * SPAN + place]);

let detailLines = null;

/** What opens below a student, of which most is never looked at; null if it can't be read. */
function detailsOf(student) {
  if (head.public) return [[0, "", "", [], []], []];
  detailLines ??= lines("details");
  try {
    return JSON.parse(detailLines[student.n]);
  } catch {
    return null;
  }
}
