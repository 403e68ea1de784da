const NEAR_END_PX = 48;
/** With less of it on the screen, the last row does not count as seen. */
const LEAST_PX = 16;

/** @typedef {ReturnType<typeof scrollPosition>} ScrollPosition */

/** @param {Element} node */
const boxOf = (node) => node.getBoundingClientRect();

/**
 * Where the reader is in a scroller: at its end, or at the first row in sight. Whatever comes, goes or changes its
 * size, that stays where it is. The browser's own anchoring would need the row to be measured before each change.
 *
 * @param {HTMLElement} scroller
 */
export function scrollPosition(scroller) {
  const rows = /** @type {HTMLCollectionOf<HTMLElement>} */ (scroller.getElementsByClassName("message"));
  /** @type {HTMLElement | undefined} */
  let anchor;
  /** How far the anchor is below the scroller's top. */
  let offset = 0;
  /** The scroll position and the sizes that this is true of. */
  let top = 0;
  let sizes = "";
  let isOnScreen = false;
  /** So much of the scroller is cut off, by whatever is around it. */
  let above = 0;
  let below = 0;

  const position = {
    atEnd: true,
    /** Whether no rows are to follow those that are here: only then their end is the end. */
    isComplete: true,
    rows,
    inSight,
    restore,

    get newest() {
      return /** @type {HTMLElement | undefined} */ (rows[rows.length - 1]);
    },

    get anchor() {
      return anchor;
    },

    /** @param {IntersectionObserverEntry} entry what is to be seen of the scroller, as far as that is a matter of places */
    sees({ intersectionRatio, intersectionRect, boundingClientRect }) {
      isOnScreen = intersectionRatio > 0;
      above = intersectionRect.top - boundingClientRect.top;
      below = boundingClientRect.bottom - intersectionRect.bottom;
    },

    get isVisible() {
      const isDrawn = scroller.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      return isOnScreen && isDrawn && boxOf(scroller).height > 0;
    },

    /** Takes notice of where the reader has scrolled to. Answers whether that is elsewhere. */
    scrolled() {
      const isElsewhere = scroller.scrollTop !== top;
      if (isElsewhere) {
        // With other sizes it is the layout that moved.
        (sizes === measure() ? take : restore)();
      }
      return isElsewhere;
    },

    /**
     * Before rows go: if the anchor is among them, another one is it from now on.
     *
     * @param {(row: HTMLElement) => boolean} stays
     */
    leave(stays) {
      if (!position.atEnd && !(anchor && stays(anchor))) {
        hold([...rows].slice(inSight().first).find(stays) ?? [...rows].findLast(stays));
        position.atEnd = !anchor;
      }
    },

    /**
     * Brings something in sight, with a quarter of what is seen above it.
     *
     * @param {HTMLElement} node
     */
    goTo(node) {
      scroller.scrollTop += distanceOf(node) - scroller.clientHeight / 4;
      take();
    },
  };

  /** The indices of the first and the last row of which something is in sight; if none is, the last is lower. */
  function inSight() {
    const { top, bottom } = boxOf(scroller);
    const end = bottom - below - LEAST_PX;
    const last = rowAt(end);
    return { first: rowAt(top + above), last: rows[last] && boxOf(rows[last]).top < end ? last : last - 1 };
  }

  /** After anything has changed. */
  function restore() {
    if (position.atEnd) {
      scroller.scrollTop = scroller.scrollHeight;
    } else if (anchor?.isConnected) {
      scroller.scrollTop += distanceOf(anchor) - offset;
    }
    settle();
  }

  function take() {
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    position.atEnd = position.isComplete && scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    settle();
    hold(rows[inSight().first]);
  }

  function settle() {
    top = scroller.scrollTop;
    sizes = measure();
  }

  /** @param {HTMLElement | undefined} row */
  function hold(row) {
    anchor = row;
    offset = row ? distanceOf(row) : 0;
  }

  /**
   * In the scroller's own pixels, which are others on the screen where the page zooms or scales it.
   *
   * @param {HTMLElement} node
   */
  function distanceOf(node) {
    const { top, height } = boxOf(scroller);
    return ((boxOf(node).top - top) * scroller.offsetHeight) / height || 0;
  }

  function measure() {
    return [scroller.scrollHeight, scroller.clientHeight, scroller.clientWidth].join();
  }

  /**
   * The index of the row that a height goes through; if none, of the one below it.
   *
   * @param {number} y
   */
  function rowAt(y) {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (boxOf(rows[middle]).bottom > y) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  return position;
}
