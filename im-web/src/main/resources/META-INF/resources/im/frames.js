import { isUser } from "./user.js";

/**
 * What stands in a log, as the server tells it.
 *
 * @typedef {object} Entry
 * @property {string} from
 * @property {string} to the other user of the pair, whoever is told
 * @property {number} seq
 * @property {string} id
 * @property {number} at milliseconds since 1970, by the server's clock
 * @property {string} kind
 * @property {number} [of]
 * @property {string} [body]
 * @property {unknown} [data] an object, unless the server's own program made it
 * @property {boolean} [edited]
 * @property {boolean} [deleted]
 * @property {Record<string, string>} [reactions] by user
 */

/** @typedef {{bodyBytes: number, frameBytes: number, dataBytes: number}} Limits */
/** @typedef {string | number} Ref */

/**
 * A conversation as the server lists it.
 *
 * @typedef {object} Item
 * @property {string} peer
 * @property {number} head
 * @property {number} delivered
 * @property {number} read
 * @property {number} peerDelivered
 * @property {number} peerRead
 * @property {number} unread
 * @property {Entry} [last]
 */

/** @typedef {{type: "welcome", user: string, epoch: string, now: number, expires?: number, limits: Limits, resumed: boolean}} Welcome */
/** @typedef {{type: "renewed", ref?: Ref, expires?: number}} Renewed */
/** @typedef {{type: "synced"}} Synced */
/** @typedef {{type: "entry"} & Entry} EntryFrame */
/** @typedef {{type: "accepted", id: string, to: string, seq: number, at: number}} Accepted */
/** @typedef {{type: "rejected", ref?: Ref, id?: string, to?: string, code: string, reason: string, retryAfterMs?: number}} Rejected */
/** @typedef {{type: "error", code: string, reason: string}} ErrorFrame */
/** @typedef {{type: "mark", from: string, to: string, delivered: number, read: number}} Mark */
/** @typedef {{type: "typing", from: string, to: string, on: boolean}} Typing */
/** @typedef {{type: "presence", user: string, online: boolean, lastSeen?: number}} Presence */
/** @typedef {{type: "page", ref: Ref, peer: string, entries: Entry[], head: number, more: boolean}} Page */
/** @typedef {{type: "conversations", ref: Ref, items: Item[], next?: string}} List */
/** @typedef {{type: "truncated", peer: string, before: number}} Truncated */
/** @typedef {{type: "pong", ref?: Ref}} Pong */
/**
 * @typedef {Welcome | Renewed | Synced | EntryFrame | Accepted | Rejected | ErrorFrame | Mark | Typing | Presence | Page
 *   | List | Truncated | Pong} Frame
 */

/** @typedef {(value: any) => boolean} Test */

/** @type {Test} */
const isText = (value) => typeof value === "string";
/** @type {Test} */
const isFlag = (value) => typeof value === "boolean";
/** @type {Test} */
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
/** What `Date` can hold. @type {Test} */
const isTime = (value) => isCount(value) && value <= 8.64e15;
/** @type {Test} */
const isRef = (value) => isText(value) || isCount(value);
/** @type {Test} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {(test: Test) => Test} */
const maybe = (test) => (value) => value === undefined || test(value);
/** @type {(test: Test) => Test} */
const listOf = (test) => (value) => Array.isArray(value) && value.every(test);
/** @type {(fields: Record<string, Test>) => Test} */
const shape = (fields) => (value) =>
  isObject(value) && Object.entries(fields).every(([name, test]) => test(value[name]));

/** @type {Test} */
const isReactions = (value) =>
  isObject(value) && Object.entries(value).every(([user, text]) => isUser(user) && isText(text));

const isEntry = shape({
  from: isUser,
  to: isUser,
  seq: isCount,
  id: isText,
  at: isTime,
  kind: isText,
  of: maybe(isCount),
  body: maybe(isText),
  edited: maybe(isFlag),
  deleted: maybe(isFlag),
  reactions: maybe(isReactions),
});

const isItem = shape({
  peer: isUser,
  head: isCount,
  delivered: isCount,
  read: isCount,
  peerDelivered: isCount,
  peerRead: isCount,
  unread: isCount,
  last: maybe(isEntry),
});

/** @type {Record<string, Test>} */
const FRAMES = {
  welcome: shape({
    user: isUser,
    epoch: isText,
    now: isCount,
    expires: maybe(isCount),
    limits: shape({ bodyBytes: isCount, frameBytes: isCount, dataBytes: isCount }),
    resumed: isFlag,
  }),
  renewed: shape({ ref: maybe(isRef), expires: maybe(isCount) }),
  synced: isObject,
  entry: isEntry,
  accepted: shape({ id: isText, to: isUser, seq: isCount, at: isCount }),
  rejected: shape({
    ref: maybe(isRef),
    id: maybe(isText),
    to: maybe(isText),
    code: isText,
    reason: isText,
    retryAfterMs: maybe(isCount),
  }),
  error: shape({ code: isText, reason: isText }),
  mark: shape({ from: isUser, to: isUser, delivered: isCount, read: isCount }),
  typing: shape({ from: isUser, to: isUser, on: isFlag }),
  presence: shape({ user: isUser, online: isFlag, lastSeen: maybe(isCount) }),
  page: shape({ ref: isRef, peer: isUser, entries: listOf(isEntry), head: isCount, more: isFlag }),
  conversations: shape({ ref: isRef, items: listOf(isItem), next: maybe(isText) }),
  truncated: shape({ peer: isUser, before: isCount }),
  pong: isObject,
};

/**
 * A frame of the server, checked: whoever gets it need not doubt its fields.
 *
 * @param {unknown} text
 * @returns {Frame | undefined} nothing if it is of a type that we do not know, or not as the protocol says
 */
export function readFrame(text) {
  let frame;
  try {
    frame = JSON.parse(String(text));
  } catch {
    return undefined;
  }
  const isRead =
    isObject(frame) && isText(frame.type) && Object.hasOwn(FRAMES, frame.type) && FRAMES[frame.type](frame);
  return isRead ? frame : undefined;
}
