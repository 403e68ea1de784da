const NEAR_END_PX = 48;
/** With less of it on the screen, the last row does not count as seen. */
const LEAST_PX = 16;

/**
 * Where the reader is in a scroller: at its end, or at the first row in sight. Whatever comes, goes or changes its
 * size, that stays where it is. The browser's own anchoring would need the row to be measured before each change.
 */
export class ScrollPosition {
  atEnd = true;
  /** Whether no rows are to follow those that are here: only then their end is the end. */
  complete = true;
  /** @type {HTMLElement[]} in their order; set it whenever they change */
  rows = [];
  #scroller;
  /** @type {HTMLElement | undefined} */
  #anchor;
  /** How far the anchor is below the scroller's top. */
  #offset = 0;
  /** The scroll position and the sizes that this is true of. */
  #top = 0;
  #sizes = "";
  #gliding = false;

  /** @param {HTMLElement} scroller */
  constructor(scroller) {
    this.#scroller = scroller;
  }

  get anchor() {
    return this.#anchor;
  }

  /** Whether the scroller has been laid out where it can be seen. */
  get visible() {
    return this.#scroller.clientHeight > 0 && this.#scroller.checkVisibility({ visibilityProperty: true });
  }

  /** The indices of the first and the last row of which something is in sight; if none is, the last is lower. */
  inSight() {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const first = this.#endingBelow(Math.max(top, 0));
    const end = Math.min(bottom, innerHeight) - LEAST_PX;
    const last = this.#endingBelow(end);
    return { first, last: this.rows[last]?.getBoundingClientRect().top < end ? last : last - 1 };
  }

  /**
   * The row before or after another, or that itself if it is the last on that side.
   *
   * @param {HTMLElement} row
   * @param {-1 | 1} step
   */
  beside(row, step) {
    return this.rows[this.rows.indexOf(row) + step] ?? row;
  }

  /**
   * Whether a row that is in sight has more to show on that side.
   *
   * @param {HTMLElement} row
   * @param {boolean} above
   */
  goesOn(row, above) {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const at = row.getBoundingClientRect();
    return above ? at.top < top && at.bottom > top : at.bottom > bottom && at.top < bottom;
  }

  /** Takes notice of where the reader has scrolled to. Answers whether that is elsewhere. */
  scrolled() {
    if (this.#scroller.scrollTop === this.#top) {
      return false;
    }
    if (this.#sizes !== this.#measure()) {
      // It is the layout that moved.
      this.restore();
    } else if (!this.#gliding || this.#near()) {
      this.#gliding = false;
      this.#take();
    }
    return true;
  }

  /** The reader's hand is on it: what glides by itself stops. */
  seize() {
    this.#gliding = false;
  }

  /**
   * Before rows go: if the anchor is among them, another one is it from now on.
   *
   * @param {(row: HTMLElement) => boolean} stays
   */
  leave(stays) {
    if (this.atEnd || (this.#anchor && stays(this.#anchor))) {
      return;
    }
    const first = this.inSight().first;
    this.#hold(this.rows.slice(first).find(stays) ?? this.rows.findLast(stays));
    this.atEnd = !this.#anchor;
  }

  /** After anything has changed. */
  restore() {
    if (this.atEnd) {
      this.#gliding = false;
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    } else if (this.#anchor?.isConnected) {
      this.#scroller.scrollTop += this.#distance(this.#anchor) - this.#offset;
    }
    this.#top = this.#scroller.scrollTop;
    this.#sizes = this.#measure();
  }

  /**
   * Brings something in sight, with a quarter of what is seen above it.
   *
   * @param {HTMLElement} node
   */
  goTo(node) {
    this.#scroller.scrollTop += this.#distance(node) - this.#scroller.clientHeight / 4;
    this.#take();
  }

  glideToEnd() {
    this.atEnd = true;
    this.#gliding = true;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: "smooth" });
  }

  #take() {
    this.atEnd = this.#near();
    this.#top = this.#scroller.scrollTop;
    this.#sizes = this.#measure();
    this.#hold(this.rows[this.inSight().first]);
  }

  /** @param {HTMLElement | undefined} row */
  #hold(row) {
    this.#anchor = row;
    this.#offset = row ? this.#distance(row) : 0;
  }

  /** @param {HTMLElement} node */
  #distance(node) {
    return node.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  #near() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return this.complete && scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #measure() {
    const { scrollHeight, clientHeight, clientWidth } = this.#scroller;
    return `${scrollHeight} ${clientHeight} ${clientWidth}`;
  }

  /**
   * The index of the row that a height goes through; if none, of the one below it.
   *
   * @param {number} y
   */
  #endingBelow(y) {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle].getBoundingClientRect().bottom > y) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
