const SVG = "http://www.w3.org/2000/svg";
const CIRCLE = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z";

/** The lines that each is drawn with, on a field of 24 by 24. @type {Record<string, string>} */
const LINES = {
  check: "m5 13 4 4L19 7",
  checks: "m2 13 4 4L16 7m-5 9 1 1L22 7",
  clock: `${CIRCLE}m0 4v5l3 2`,
  down: "m6 9 6 6 6-6",
  failed: `${CIRCLE}m0 4v6m0 3v.1`,
  more: "M5 12h.1m6.9 0h.1m6.9 0h.1",
  send: "m5 12-2-8 18 8-18 8zh7",
  smile: `${CIRCLE}M8 14a5 5 0 0 0 8 0M9 9v.1m6-.1v.1`,
};

/**
 * A picture in the colour of the text around it. It says nothing to a screen reader: words have to stand beside it.
 *
 * @param {string} name its class
 * @param {string} [lines] if they are not among those above
 */
export function icon(name, lines = LINES[name]) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", lines);
  svg.append(path);
  return svg;
}
