// Watches a timeline over a whole way through it, for what its reader must not notice.
(() => {
  const root = document.querySelector("pair-chat").shadowRoot;
  const scroller = root.querySelector("[part~=timeline]");
  const list = root.querySelector("[part~=message]").parentElement;
  const log = root.querySelector("[role=log]");
  const rows = () => list.querySelectorAll("[part~=message]");
  const isRow = (node) => node.nodeType === 1 && node.matches("[part~=message]");
  const topOf = (row) => row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const numberOf = (row) => Number.parseInt(row.querySelector(".text").textContent.slice(1), 10);

  let count = rows().length;
  const seen = { most: count, changes: 0, jump: 0, lost: 0, heard: 0 };
  /** The first row in sight, where it was seen, and where it was in all that can be scrolled. */
  let anchor;
  let top;
  let place;

  function firstInSight() {
    const all = rows();
    let [low, high] = [0, all.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (topOf(all[middle]) + all[middle].offsetHeight > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return all[low];
  }

  // If what is above the row has changed, the row must not have moved; if not, the reader has scrolled.
  function look() {
    if (anchor && !anchor.isConnected) {
      seen.lost++;
    } else if (anchor && Math.abs(topOf(anchor) + scroller.scrollTop - place) > 0.5) {
      seen.jump = Math.max(seen.jump, Math.abs(topOf(anchor) - top));
    }
    anchor = firstInSight();
    top = topOf(anchor);
    place = top + scroller.scrollTop;
  }

  function changed(records) {
    for (const { addedNodes, removedNodes } of records) {
      count += [...addedNodes].filter(isRow).length - [...removedNodes].filter(isRow).length;
      seen.most = Math.max(seen.most, count);
    }
    seen.changes++;
    look();
  }

  function frame() {
    look();
    requestAnimationFrame(frame);
  }

  root.addEventListener("scroll", look, { capture: true });
  new MutationObserver(changed).observe(list, { childList: true });
  new MutationObserver(() => seen.heard++).observe(log, { childList: true });
  new ResizeObserver(look).observe(list);
  frame();

  window.recorder = {
    seen,
    /** The numbers of the first and the last message in the document. */
    ends: () => [rows()[0], [...rows()].at(-1)].map(numberOf),
    /** It was taken elsewhere, so nothing is to be compared. */
    leap: () => (anchor = undefined),
    /** Drags the bar to the top, again and again, until nothing is above. */
    async dragUp() {
      for (let frames = 0; numberOf(rows()[0]) > 1; frames++) {
        if (frames > 10_000) throw new Error(`still at ${numberOf(rows()[0])}`);
        scroller.scrollTop = 0;
        await new Promise(requestAnimationFrame);
      }
      scroller.scrollTop = 0;
    },
    scroller,
  };
})();
