import { Conversation } from "./conversation.js";
import { isUser } from "./user.js";

/** @typedef {import("./frames.js").List} List */

const PART = 50;
const MOST_WATCHED = 200;

/** A user's conversations: those that the server has listed so far, and those that were asked for here. */
export class Directory {
  /** @type {Map<string, Conversation>} */
  #conversations = new Map();
  #host;
  #questions;
  #watch;
  #onChange;
  /** Where the list goes on. @type {string | undefined} */
  #next;
  /** @type {Promise<boolean> | undefined} */
  #loading;
  /** How many have been listed. */
  #listed = 0;
  /** Counts connections, so that what was begun on one does not end on another. */
  #connection = 0;
  #isOpen = false;
  #watched = "";
  #isChanging = false;

  /**
   * @param {Omit<import("./conversation.js").Host, "onChange" | "onLoaded">} host
   * @param {import("./questions.js").Questions} questions
   * @param {object} events
   * @param {(peers: string[]) => void} events.watch the coming and going of these is wanted
   * @param {() => void} events.onChange
   */
  constructor(host, questions, { watch, onChange }) {
    this.#host = Object.assign(host, {
      onChange: () => this.#changed(),
      onLoaded: () => this.#listOpened(),
    });
    this.#questions = questions;
    this.#watch = watch;
    this.#onChange = onChange;
  }

  /** @param {string} peer */
  get(peer) {
    let conversation = this.#conversations.get(peer);
    if (!conversation) {
      if (!isUser(peer) || peer === this.#host.user) {
        throw new TypeError(`not the id of another user: ${peer}`);
      }
      conversation = new Conversation(peer, this.#host);
      this.#conversations.set(peer, conversation);
      if (this.#isOpen) {
        conversation.settled();
      }
      this.#changed();
    }
    return conversation;
  }

  get all() {
    return [...this.#conversations.values()];
  }

  /** Those that have anything in them, the newest first. */
  get listed() {
    return this.#sorted.filter((conversation) => !conversation.isEmpty);
  }

  get isMore() {
    return this.#next !== undefined;
  }

  /**
   * One call at a time: others get the same promise.
   *
   * @returns {Promise<boolean>} whether it has come further
   */
  loadMore() {
    this.#loading ??= this.#loadMore().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #loadMore() {
    const cursor = this.#next;
    const list = cursor === undefined ? undefined : await this.#ask(cursor);
    if (list && cursor === this.#next) {
      this.#take(list);
      this.#listed += list.items.length;
      this.#next = list.next;
    }
    return list !== undefined;
  }

  /**
   * We are connected. Lists as far as there is something new, and as it was listed before.
   *
   * @returns {Promise<boolean>} whether we still are
   */
  async open() {
    const connection = ++this.#connection;
    let count = 0;
    let cursor;
    let isNews;
    this.all.forEach((conversation) => conversation.live());
    do {
      const list = await this.#ask(cursor);
      if (!list || connection !== this.#connection) {
        return false;
      }
      isNews = this.#take(list);
      count += list.items.length;
      cursor = list.next;
    } while (cursor !== undefined && isNews && count < this.#listed);
    if (cursor === undefined || count >= this.#listed) {
      this.#listed = count;
      this.#next = cursor;
    }
    this.#isOpen = true;
    this.all.forEach((conversation) => conversation.settled());
    this.#listOpened();
    return true;
  }

  /** We are not. */
  close() {
    this.#connection++;
    this.#isOpen = false;
    this.#watched = "";
    this.all.forEach((conversation) => conversation.lost());
  }

  /** The server has another history. */
  stale() {
    this.all.forEach((conversation) => conversation.stale());
  }

  /** Lists until each conversation that is open is there, since the list alone says how far it was read. */
  async #listOpened() {
    let goesOn = true;
    while (goesOn && this.isMore && this.all.some((conversation) => conversation.lacksMarks)) {
      goesOn = await this.loadMore();
    }
  }

  /** @param {string} [cursor] @returns {Promise<List | undefined>} */
  #ask(cursor) {
    return this.#questions.ask({ type: "conversations", limit: PART, cursor });
  }

  /**
   * @param {List} list
   * @returns whether there is something new in it
   */
  #take({ items }) {
    const others = items.filter(({ peer }) => peer !== this.#host.user);
    return others.map((item) => this.get(item.peer).list(item)).includes(true);
  }

  get #sorted() {
    return this.all.sort((a, b) => b.activity - a.activity || (a.peer < b.peer ? -1 : 1));
  }

  #changed() {
    if (!this.#isChanging) {
      this.#isChanging = true;
      queueMicrotask(() => {
        this.#isChanging = false;
        this.#watchAll();
        this.#onChange();
      });
    }
  }

  #watchAll() {
    const peers = this.#sorted.slice(0, MOST_WATCHED).map(({ peer }) => peer).sort();
    if (this.#isOpen && peers.join() !== this.#watched) {
      this.#watched = peers.join();
      this.#watch(peers);
    }
  }
}
