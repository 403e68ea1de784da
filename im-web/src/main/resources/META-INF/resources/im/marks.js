/** @typedef {import("./link.js").Clock} Clock */
/** @typedef {{delivered: number, read: number}} Mark */

const TOGETHER_MS = 200;
/** @type {Mark} */
const NONE = { delivered: 0, read: 0 };

/**
 * How far both users have received and read a log. Marks only move forward, but for another history.
 *
 * @param {Clock} clock
 * @param {(mark: Mark) => void} tell
 */
export function marks(clock, tell) {
  let own = NONE;
  let peers = NONE;
  /** What the server knows of our own. */
  let told = NONE;
  let isStale = false;
  /** @type {any} */
  let timer;

  function settled() {
    if (isStale) {
      isStale = false;
      own = peers = told = NONE;
    }
  }

  /** Tells what is not known, and what was perhaps lost with a connection. */
  function tellSoon() {
    if (!isStale && (own.delivered > told.delivered || own.read > told.read)) {
      timer ??= clock.setTimeout(() => {
        timer = undefined;
        if (!isStale) {
          tell(own);
        }
      }, TOGETHER_MS);
    }
  }

  /**
   * We have it, and have read it up to another number.
   *
   * @param {number} delivered
   * @param {number} [read]
   */
  function move(delivered, read = 0) {
    own = farther(own, { delivered, read });
    tellSoon();
  }

  return {
    get own() {
      return own;
    },

    get peers() {
      return peers;
    },

    move,
    tellSoon,

    /** The numbers are of another history, and count until there are others. */
    stale() {
      isStale = true;
    },

    /** There are no others. */
    settled,

    /** @param {Mark} mark */
    ownIs(mark) {
      settled();
      told = farther(told, mark);
      move(mark.delivered, mark.read);
    },

    /** @param {Mark} mark */
    peersIs(mark) {
      settled();
      peers = farther(peers, mark);
    },
  };
}

/**
 * @param {Mark} one
 * @param {Mark} other
 * @returns {Mark}
 */
function farther(one, other) {
  return { delivered: Math.max(one.delivered, other.delivered), read: Math.max(one.read, other.read) };
}

const AGAIN_MS = 3_000;
const IDLE_MS = 5_000;
const EXPIRES_MS = 6_000;

/**
 * Who of the two types. It is told and forgotten: nobody waits for it.
 *
 * @param {Clock} clock
 * @param {(on: boolean) => void} tell
 * @param {() => void} onChange of the peer's
 */
export function typing(clock, tell, onChange) {
  let isPeer = false;
  /** When it was last told that we do. */
  let toldAt = 0;
  /** @type {any} */
  let ownTimer;
  /** @type {any} */
  let peerTimer;

  /** We have said what we typed, and the peer knows. */
  function sent() {
    clock.clearTimeout(ownTimer);
    toldAt = 0;
  }

  /** @param {boolean} on there was input; or the line is empty */
  function own(on) {
    if (!on) {
      if (toldAt) {
        tell(false);
      }
      sent();
      return;
    }
    clock.clearTimeout(ownTimer);
    ownTimer = clock.setTimeout(() => own(false), IDLE_MS);
    if (clock.now() - toldAt >= AGAIN_MS) {
      toldAt = clock.now();
      tell(true);
    }
  }

  /** @param {boolean} on */
  function peerIs(on) {
    clock.clearTimeout(peerTimer);
    if (on) {
      peerTimer = clock.setTimeout(() => peerIs(false), EXPIRES_MS);
    }
    if (on !== isPeer) {
      isPeer = on;
      onChange();
    }
  }

  return {
    get peer() {
      return isPeer;
    },

    own,
    sent,
    peerIs,
  };
}
