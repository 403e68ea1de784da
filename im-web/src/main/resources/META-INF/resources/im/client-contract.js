// What a client promises to those who use it.

/** @typedef {import("./contract.js").Conversation} Conversation */
/** @typedef {import("./contract.js").Message} Message */
/** @typedef {"waiting" | "connecting" | "online" | "stopped"} State */

/**
 * @typedef {object} Events
 * @property {{state: State, reason: string | undefined}} state
 * @property {null} conversations
 * @property {{conversation: Conversation, message: Message}} message
 */

/**
 * @typedef {object} Options
 * @property {string | URL} url of the server's WebSocket, absolute or relative to the document
 * @property {string} [user] who we are: proof enough in demo mode; beside a token it is what that must prove, and then
 *     what is kept in this browser is there at once, before the server has answered
 * @property {string} [token] proves who we are; at most 15,000 characters, none of them a control character
 * @property {() => string | undefined | Promise<string | undefined>} [getToken] gets one whenever one is needed: at
 *     first, before it expires, after it was refused; nothing means that there will be none. A rejection counts as a
 *     failed attempt to connect
 * @property {import("./link.js").Clock} [clock] for tests
 * @property {() => number} [random] from 0 to 1, for tests
 * @property {new (url: URL, protocol: string) => WebSocket} [WebSocket] where there is none, or another is wanted
 * @property {import("./cursors.js").Saved} [cursors] where there is no IndexedDB, or another place is wanted
 * @property {import("./notebook.js").Shelf} [storage] in the place of localStorage
 */

/**
 * @typedef {object} Members
 * @property {import("./frames.js").Limits} limits The bounds of the server; its defaults until it has told them.
 * @property {State} state
 * @property {string | undefined} reason Why it has stopped.
 * @property {string | undefined} user Who we are, as soon as that is known.
 * @property {Conversation[]} conversations Those that have anything in them, the newest first.
 * @property {boolean} moreConversations Whether the server has more than have been loaded.
 * @property {number} unread How many messages have not been read, in all conversations that have been loaded.
 * @property {() => void} connect Connects, and stays connected.
 * @property {() => void} hurry Tries at once: now rather than after a wait, and also where it had stopped.
 * @property {() => void} close Ends it for good. What was not sent is sent by the next client of this user in this
 *     browser.
 * @property {(token: string) => void} renew Takes this token in the place of the one before.
 * @property {(peer: string) => Conversation} conversation The conversation with a user, whether there is anything in it
 *     yet or not. A TypeError is thrown if that is no user's id, or one's own.
 * @property {() => Promise<void>} loadConversations Loads the next part of the list.
 */

export {};
