// Elements. Text of others only ever becomes text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes of our own names; true stands for one without a value. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return element;
}

const signs = new Map();

/** A verdict's sign: a copy of its path, since thousands of references to one are slow to draw. */
function mark(name) {
  if (!signs.has(name)) {
    const svg = document.createElementNS(SVG, "svg");
    const symbol = document.getElementById(`mark-${name}`);
    svg.setAttribute("viewBox", symbol.getAttribute("viewBox"));
    svg.setAttribute("class", `mark ${name}`);
    svg.setAttribute("aria-hidden", "true");
    svg.append(symbol.firstChild.cloneNode());
    signs.set(name, svg);
  }
  return signs.get(name).cloneNode(true);
}

/** A link to a page of somebody else's, or its words alone if it is no address of the web's. */
function link(address, words) {
  let scheme = "";
  try {
    scheme = new URL(address).protocol;
  } catch {
    return words;
  }
  if (scheme !== "https:" && scheme !== "http:") return words;
  const attributes = {
    href: address,
    rel: "noopener noreferrer nofollow",
    referrerpolicy: "no-referrer",
  };
  return make("a", attributes, words);
}

/** A number with what it counts. */
function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A sentence as it begins and ends. */
function sentence(words) {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…)]$/.test(begun) ? begun : `${begun}.`;
}
