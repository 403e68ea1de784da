// What a conversation promises to those who use it.

/**
 * @typedef {object} Fields
 * @property {string} id together with `from` the same for as long as the message exists, before it is stored too
 * @property {number} [seq] its number in the log, once it is stored
 * @property {string} from
 * @property {number} at milliseconds since 1970: when it was stored, or before that when it was written
 * @property {string} body
 * @property {unknown} [data] an object, unless the server's own program made it
 * @property {boolean} edited
 * @property {boolean} deleted
 * @property {Readonly<Record<string, string>>} reactions by user
 * @property {boolean} changing whether a change of one's own is on its way to the server: it is shown as if it were done
 * @property {"sending" | "failed" | "sent" | "delivered" | "read"} state of one's own; the peer's are `sent`
 * @property {string} [code] why it failed, see docs/protocol.md
 */

/**
 * A message as it is shown: a value, which is replaced by another when anything in it changes.
 *
 * @typedef {Readonly<Fields>} Message
 */

/**
 * @typedef {object} Events
 * @property {null} change
 * @property {{conversation: Conversation, message: Message}} message
 * @property {{kind: string, of: number | undefined, body: string | undefined, code: string}} rejected
 */

/**
 * @typedef {object} Members
 * @property {string} peer
 * @property {readonly Message[]} messages What is stored and has been loaded, ascending, up to the newest.
 * @property {readonly Message[]} pending What is to be sent, in the order of writing.
 * @property {boolean} loaded Whether the newest messages have been loaded, and those that have not been read.
 * @property {boolean} atStart Whether there are none before those that have been loaded.
 * @property {Message | undefined} last The newest message, one to be sent included.
 * @property {number} activity When something happened here last, in milliseconds since 1970; 0 if that is not known.
 * @property {number} unread How many of the peer's messages have not been read.
 * @property {number} read The number up to which one has read; 0 for nothing.
 * @property {boolean} online Whether the peer is here.
 * @property {number | undefined} lastSeen When the peer was here last, in milliseconds since 1970, if that is known.
 * @property {boolean} typing Whether the peer types.
 * @property {() => Promise<void>} load Loads the newest messages, and all that have not been read if no more than
 *     2,000 entries have come since, however long it takes to get a connection.
 * @property {() => Promise<void>} loadOlder Loads some that are older. One call at a time: others get the same promise.
 * @property {(count: number) => void} trim Forgets all but the newest messages, which can be loaded again.
 * @property {(body: string, data?: object) => Message} send Sends a message, now or when there is a connection. The
 *     body may be empty if there is data, which means something to your program. A RangeError is thrown if a thousand
 *     are waiting already.
 * @property {(seq: number, body: string) => void} edit Changes a message of one's own.
 * @property {(seq: number) => void} remove Deletes a message of one's own.
 * @property {(seq: number, text: string) => void} react Takes the place of one's former reaction; empty takes that
 *     back.
 * @property {(id: string) => void} retry Sends a message that has failed once more.
 * @property {(id: string) => void} discard Forgets a message that has failed, and is not to be sent.
 * @property {(seq: number) => void} markRead The user has seen the messages up to this one.
 * @property {(on: boolean) => void} setTyping Call it at each input; with false when the line is empty.
 */

/** An edit that was begun: of the message with this id, and its text. @typedef {{id: string, body: string}} Edit */

/**
 * What is being written, to be set by whoever shows a line to write in. It outlives the page, and all tabs of this
 * browser have the same. The text of an edit that the server refuses is added to the draft.
 *
 * @typedef {object} Written
 * @property {string} draft of the next message
 * @property {(text: string) => void} addToDraft in a line of its own
 * @property {Edit | undefined} editing
 */

/**
 * The log of a pair, as far as it has come here, and what is on its way into it.
 *
 * Events: `change` after anything in it has changed, once for all that changed together (what is being written: by
 * another tab); `message` with `{conversation, message}` for each that is new to this browser, in order; `rejected` with
 * `{kind, of, body, code}` for a change that the server has refused, and that is taken back.
 *
 * @typedef {Readonly<Members> & Written & import("./events.js").Listens<Events> & EventTarget} Conversation
 */

export {};
