/** The golden cases of protocol/, by name. */
export async function goldenCases() {
  return Object.entries(await (await fetch("/client/frames.json")).json());
}

/**
 * The steps of a case one by one, each of one client.
 *
 * @param {any[]} steps
 * @returns {any[]}
 */
export function flat(steps) {
  return steps.flatMap(({ repeat, clients, ...step }) => {
    if (repeat !== undefined) {
      return Array.from({ length: repeat }, (_, i) => flat(numbered(step.steps, i + 1))).flat();
    }
    return clients ? clients.map((client) => ({ ...step, client })) : [step];
  });
}

function numbered(steps, i) {
  return JSON.parse(JSON.stringify(steps).replaceAll('"{i}"', i).replaceAll("{i}", i));
}

/** What the placeholders of a case stand for. */
export class Placeholders {
  #values = new Map();
  #last = 0;
  #make;

  /** @param {Record<string, () => unknown>} make values of the fields whose text would not do */
  constructor(make = {}) {
    const number = () => 1_767_225_600_000 + this.#last;
    this.#make = { now: number, at: number, expires: number, lastSeen: number, ...make };
  }

  /**
   * @param {any} value
   * @param {string} [field]
   * @returns {any} the same without placeholders
   */
  fill(value, field = "") {
    if (Array.isArray(value)) {
      return value.map((element) => this.fill(element, "at"));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.fill(inner, name)]));
    }
    if (typeof value !== "string" || !value.startsWith("$")) {
      return value;
    }
    const known = value === "$any" ? undefined : this.#values.get(value);
    if (known !== undefined) {
      return known;
    }
    this.#last++;
    const made = this.#make[field]?.() ?? `${field} ${this.#last}`;
    this.#values.set(value, made);
    return made;
  }
}
