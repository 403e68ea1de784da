const SVG = "http://www.w3.org/2000/svg";
const CIRCLE = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z";

/** The lines that each is drawn with, on a field of 24 by 24. */
const LINES = {
  back: "m15 5-7 7 7 7",
  bell: "M6 17v-6a6 6 0 0 1 12 0v6l1.5 1h-15zm4 3.5a2 2 0 0 0 4 0",
  check: "m5 13 4 4L19 7",
  checks: "m2 13 4 4L16 7m-5 9 1 1L22 7",
  clock: `${CIRCLE}m0 4v5l3 2`,
  close: "m6 6 12 12m0-12L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  down: "m6 9 6 6 6-6",
  edit: "m4 20 1-5L16 4l4 4L9 19z",
  failed: `${CIRCLE}m0 4v6m0 3v.1`,
  leave: "M10 4H5v16h5m0-8h10m-4-4 4 4-4 4",
  more: "M5 12h.1m6.9 0h.1m6.9 0h.1",
  off: "m4 4 16 16",
  plus: "M12 5v14m-7-7h14",
  remove: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  send: "m5 12-2-8 18 8-18 8zh7",
  smile: `${CIRCLE}M8 14a5 5 0 0 0 8 0M9 9v.1m6-.1v.1`,
};

/**
 * A picture in the colour of the text around it. It says nothing to a screen reader: words have to stand beside it.
 *
 * @param {keyof typeof LINES} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", LINES[name]);
  svg.append(path);
  return svg;
}
