import { talk } from "./conversation.js";
import { isUser } from "./user.js";

/** @typedef {import("./frames.js").List} List */
/** @typedef {import("./conversation.js").Talk} Talk */

const PART = 50;
const MOST_WATCHED = 200;

/**
 * A user's conversations: those that the server has listed so far, and those that were asked for here.
 *
 * @param {Omit<import("./conversation.js").Host, "onChange" | "onLoaded">} client
 * @param {() => void} onChange
 */
export function directory(client, onChange) {
  const host = { ...client, onChange: changed, onLoaded: listOpened };
  /** @type {Map<string, Talk>} */
  const talks = new Map();
  /** Where the list goes on. @type {string | undefined} */
  let next;
  /** @type {Promise<boolean> | undefined} */
  let loading;
  /** How many have been listed. */
  let listed = 0;
  /** Counts connections, so that what was begun on one does not end on another. */
  let connection = 0;
  let isOpen = false;
  let watched = "";
  let isChanging = false;

  const all = () => [...talks.values()];

  /** The newest first. */
  const sorted = () =>
    all().sort(
      ({ conversation: a }, { conversation: b }) => b.activity - a.activity || (a.peer < b.peer ? -1 : 1),
    );

  /** @param {string} peer */
  function get(peer) {
    let found = talks.get(peer);
    if (!found) {
      if (!isUser(peer) || peer === host.user()) {
        throw new TypeError(`not the id of another user: ${peer}`);
      }
      found = talk(peer, host);
      talks.set(peer, found);
      if (isOpen) {
        found.settled();
      }
      changed();
    }
    return found;
  }

  /** @param {string} [cursor] @returns {Promise<List | undefined>} */
  const ask = (cursor) => host.ask({ type: "conversations", limit: PART, cursor });

  /**
   * @param {List} list
   * @returns whether there is something new in it
   */
  function take({ items }) {
    const others = items.filter(({ peer }) => peer !== host.user());
    return others.map((item) => get(item.peer).list(item)).includes(true);
  }

  /**
   * One call at a time: others get the same promise.
   *
   * @returns {Promise<boolean>} whether it has come further
   */
  function loadMore() {
    loading ??= loadNext().finally(() => (loading = undefined));
    return loading;
  }

  async function loadNext() {
    const cursor = next;
    const list = cursor === undefined ? undefined : await ask(cursor);
    if (list && cursor === next) {
      take(list);
      listed += list.items.length;
      next = list.next;
    }
    return list !== undefined;
  }

  /** Lists until each conversation that is open is there, since the list alone says how far it was read. */
  async function listOpened() {
    while (next !== undefined && all().some(({ lacksMarks }) => lacksMarks()) && (await loadMore())) {
      // It goes on.
    }
  }

  function changed() {
    if (!isChanging) {
      isChanging = true;
      queueMicrotask(() => {
        isChanging = false;
        watch();
        onChange();
      });
    }
  }

  function watch() {
    const newest = sorted().slice(0, MOST_WATCHED);
    const peers = newest.map(({ conversation }) => conversation.peer).sort();
    if (isOpen && peers.join() !== watched) {
      watched = peers.join();
      host.tell({ type: "watch", peers });
    }
  }

  return {
    all,
    get,
    loadMore,

    /** Those that have anything in them, the newest first. */
    listed: () =>
      sorted()
        .filter(({ isEmpty }) => !isEmpty())
        .map(({ conversation }) => conversation),

    isMore: () => next !== undefined,

    /**
     * We are connected. Lists as far as there is something new, and as it was listed before.
     *
     * @returns {Promise<boolean>} whether we still are
     */
    async open() {
      const own = ++connection;
      let count = 0;
      let cursor;
      let isNews;
      all().forEach(({ live }) => live());
      do {
        const list = await ask(cursor);
        if (!list || own !== connection) {
          return false;
        }
        isNews = take(list);
        count += list.items.length;
        cursor = list.next;
      } while (cursor !== undefined && isNews && count < listed);
      if (cursor === undefined || count >= listed) {
        listed = count;
        next = cursor;
      }
      isOpen = true;
      all().forEach(({ settled }) => settled());
      listOpened();
      return true;
    },

    /** We are not. */
    close() {
      connection++;
      isOpen = false;
      watched = "";
      all().forEach(({ lost }) => lost());
    },
  };
}
