/** Close codes after which nothing gets better by coming back. */
const STAY_AWAY = [1002, 1003, 1007, 1009, 4400];
const WELCOME_MS = 20_000;
const SILENCE_MS = 30_000;
const ANSWER_MS = 10_000;
const HURRIED_ANSWER_MS = 5_000;
const LONGEST_WAIT_S = 30;

/** @typedef {{now(): number, setTimeout(action: () => void, ms: number): any, clearTimeout(timer: any): void}} Clock */
/** @typedef {"waiting" | "connecting" | "open" | "stopped"} LinkState */

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  setTimeout: (action, ms) => globalThis.setTimeout(action, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};

/**
 * That of a WebSocket: `http` becomes `ws`, and the fragment is not for the server.
 *
 * @param {string | URL} text absolute, or relative to the document
 * @throws {TypeError} if it is none
 */
export function address(text) {
  const url = new URL(text, globalThis.document?.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  if (!text || !/^wss?:$/.test(url.protocol)) {
    throw new TypeError(`not the address of a WebSocket: ${url}`);
  }
  return url;
}

/**
 * One WebSocket after another to the same server, for as long as it wants us back. The waits between them are random,
 * and longer after each attempt that got no welcome.
 *
 * @param {object} options
 * @param {() => WebSocket} options.open makes the next socket; an exception is a failed attempt
 * @param {() => Promise<string>} options.hello the first frame of the next socket; a rejection is a failed attempt
 * @param {(text: unknown) => void} options.onFrame
 * @param {(state: LinkState, code?: number) => void} options.onState the code with which the socket closed, if it did;
 *     from inside, `stop` may be called
 * @param {Clock} options.clock
 * @param {() => number} options.random from 0 to 1
 */
export function link({ open, hello, onFrame, onState, clock, random }) {
  /** @type {LinkState} */
  let state = "waiting";
  /** @type {WebSocket | undefined} */
  let socket;
  /** @type {any} */
  let timer;
  /** Since the last welcome. */
  let attempts = 0;
  let isWelcome = false;
  let run = 0;
  let heardAt = 0;

  async function connect() {
    const own = ++run;
    after(WELCOME_MS, drop);
    enter("connecting");
    try {
      const text = await hello();
      if (own === run) {
        socket = open();
        socket.onopen = () => {
          socket?.send(text);
          enter("open");
        };
        socket.onmessage = ({ data }) => {
          if (isWelcome) {
            listen();
          }
          onFrame(data);
        };
        socket.onclose = ({ code }) => lost(code);
      }
    } catch {
      if (own === run) {
        drop();
      }
    }
  }

  /** Gives up the socket and comes back. Its own close could take minutes, so nobody waits for it. */
  function drop() {
    if (state === "connecting" || state === "open") {
      lost();
    }
  }

  /** @param {number} [code] */
  function lost(code = 0) {
    leave();
    if (STAY_AWAY.includes(code)) {
      enter("stopped", code);
      return;
    }
    after(random() * Math.min(LONGEST_WAIT_S, 2 ** attempts++) * 1000, connect);
    enter("waiting", code);
  }

  function leave() {
    run++;
    isWelcome = false;
    clock.clearTimeout(timer);
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      socket = undefined;
    }
  }

  function listen() {
    heardAt = clock.now();
    after(SILENCE_MS, () => ask(ANSWER_MS));
  }

  /** @param {number} ms how long the answer may take */
  function ask(ms) {
    send({ type: "ping" });
    after(ms, drop);
  }

  /**
   * @param {number} ms
   * @param {() => void} action
   */
  function after(ms, action) {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(action, ms);
  }

  /**
   * @param {LinkState} next
   * @param {number} [code]
   */
  function enter(next, code) {
    state = next;
    onState(state, code);
  }

  /** @param {object} frame */
  function send(frame) {
    if (state === "open") {
      socket?.send(JSON.stringify(frame));
    }
  }

  return {
    drop,
    send,

    get isWelcome() {
      return isWelcome;
    },

    /** Begins, or cuts a wait short; an open socket that has been silent must prove that it lives. */
    hurry() {
      if (state === "waiting") {
        connect();
      } else if (isWelcome && clock.now() - heardAt > HURRIED_ANSWER_MS) {
        ask(HURRIED_ANSWER_MS);
      }
    },

    /** Begins again after `stopped`. */
    restart() {
      if (state === "stopped") {
        attempts = 0;
        connect();
      }
    },

    /** The server has welcomed us: the next waits begin short again. */
    welcomed() {
      attempts = 0;
      isWelcome = true;
      listen();
    },

    /** Stays away until `restart`. */
    stop() {
      if (state !== "stopped") {
        leave();
        enter("stopped");
      }
    },
  };
}

const AGAIN_MS = 2_000;

/**
 * Commands that are asked until they are answered, over any number of connections.
 *
 * @param {Clock} clock
 * @param {(command: object) => void} send
 */
export function questions(clock, send) {
  let isOpen = false;
  let lastRef = 0;
  /** @type {(() => void)[]} */
  const waiting = [];
  /**
   * Of those that are asked: whom to tell the answer, or that it was lost.
   *
   * @type {Map<unknown, (answer?: any) => void>}
   */
  const asked = new Map();

  return {
    /** We are connected. */
    open() {
      isOpen = true;
      waiting.splice(0).forEach((ask) => ask());
    },

    /** What was asked has to be asked again. */
    close() {
      isOpen = false;
      asked.forEach((tell) => tell());
      asked.clear();
    },

    /**
     * @param {object} command without a `ref`
     * @returns {Promise<any>} the answer; nothing if it was refused
     */
    async ask(command) {
      for (;;) {
        if (!isOpen) {
          await /** @type {Promise<void>} */ (new Promise((resolve) => waiting.push(resolve)));
        }
        const ref = ++lastRef;
        const answer = await new Promise((resolve) => {
          asked.set(ref, resolve);
          send({ ...command, ref });
        });
        if (answer?.code === "store") {
          await /** @type {Promise<void>} */ (new Promise((resolve) => clock.setTimeout(resolve, AGAIN_MS)));
        } else if (answer) {
          return answer.type === "rejected" ? undefined : answer;
        }
      }
    },

    /**
     * Now or never.
     *
     * @param {object} command
     */
    tell(command) {
      if (isOpen) {
        send(command);
      }
    },

    /**
     * @param {{ref?: unknown}} frame
     * @returns whether it was asked for here
     */
    answer(frame) {
      asked.get(frame.ref)?.(frame);
      return asked.delete(frame.ref);
    },
  };
}
