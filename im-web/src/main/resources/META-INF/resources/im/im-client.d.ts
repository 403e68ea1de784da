export { isUser };
/**
 * A user's connection to a server, and the conversations that come through it. It stays connected by itself. What is
 * sent is kept in this browser until the server has it, and each message arrives once.
 *
 * States: `waiting` to connect, `connecting`, `online`, and `stopped` for good, with a `reason`: `unauthenticated` (the
 * token was refused and there is no other), `identity` (it is another user's than was said), `protocol` (the server and
 * this program do not understand each other) or `closed`.
 *
 * Events: `state` with `{state, reason}`; `conversations` after anything in one of them has changed; `message` with
 * `{conversation, message}` for each message that is new to this browser, one's own from other devices too.
 */
export type Client = Readonly<Members> & import("./events.js").Listens<import("./client-contract.js").Events> & EventTarget;
/** Its constructor throws a TypeError if the url is none. @type {new (options: Options) => Client} */
export const Client: new (options: Options) => Client;
export type Conversation = import("./contract.js").Conversation;
export type Message = import("./contract.js").Message;
export type Members = import("./client-contract.js").Members;
export type Options = import("./client-contract.js").Options;
export type State = import("./client-contract.js").State;
export type Limits = import("./frames.js").Limits;
import { isUser } from "./user.js";
