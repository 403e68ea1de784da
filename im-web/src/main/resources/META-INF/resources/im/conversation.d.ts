declare const Conversation_base: Typed<{
    new (): EventTarget;
    prototype: EventTarget;
}, Events>;
/**
 * The log of a pair, as far as it has come here, and what is on its way into it.
 *
 * Events: `change` after anything in it has changed, once for all that changed together; `message` with `{message}` for
 * each that is new to this browser, in order; `rejected` with `{kind, of, body, code}` for a change that the server has
 * refused, and that is taken back.
 */
export class Conversation extends Conversation_base {
    private constructor();
    /** @readonly */
    readonly peer: string;
    /** What is stored and has been loaded, ascending, up to the newest. @returns {readonly Message[]} */
    get messages(): readonly Message[];
    /** What is to be sent, in the order of writing. @returns {readonly Message[]} */
    get pending(): readonly Message[];
    /** Whether the newest messages have been loaded, and those that have not been read. */
    get loaded(): boolean;
    /** Whether there are none before those that have been loaded. */
    get atStart(): boolean;
    /** The newest message, one to be sent included. @returns {Message | undefined} */
    get last(): Message | undefined;
    /** When something happened here last, in milliseconds since 1970; 0 if that is not known. */
    get activity(): number;
    /** How many of the peer's messages have not been read. */
    get unread(): number;
    /** The number up to which one has read; 0 for nothing. */
    get read(): number;
    /** Whether the peer is here. */
    get online(): boolean;
    /** When the peer was here last, in milliseconds since 1970, if that is known. */
    get lastSeen(): number | undefined;
    /** Whether the peer types. */
    get typing(): boolean;
    set draft(text: string);
    /** What is being written; it outlives the page. */
    get draft(): string;
    /** Loads the newest messages, and up to 500 that have not been read, however long it takes to get a connection. */
    load(): Promise<void>;
    /** Loads some that are older. One call at a time: others get the same promise. */
    loadOlder(): Promise<void>;
    /**
     * Forgets all but the newest messages, which can be loaded again.
     *
     * @param {number} count
     */
    trim(count: number): void;
    /**
     * Sends a message, now or when there is a connection.
     *
     * @param {string} body may be empty if there is data
     * @param {object} [data] means something to your program
     * @returns {Message}
     * @throws {RangeError} if a thousand are waiting already
     */
    send(body: string, data?: object): Message;
    /**
     * @param {number} seq of one's own message
     * @param {string} body
     */
    edit(seq: number, body: string): void;
    /** @param {number} seq of one's own message */
    remove(seq: number): void;
    /**
     * @param {number} seq
     * @param {string} text takes the place of one's former reaction; empty takes that back
     */
    react(seq: number, text: string): void;
    /** @param {string} id of a message that has failed */
    retry(id: string): void;
    /** @param {string} id of a message that has failed, and is not to be sent */
    discard(id: string): void;
    /** @param {number} seq of the newest message that the user has seen */
    markRead(seq: number): void;
    /** @param {boolean} on call it at each input; false when the line is empty */
    setTyping(on: boolean): void;
    #private;
}
export type Message = import("./message.js").Message;
export type Events = {
    change: null;
    message: {
        conversation: Conversation;
        message: Message;
    };
    rejected: {
        kind: string;
        of: number | undefined;
        body: string | undefined;
        code: string;
    };
};
import type { Typed } from "./events.js";
export {};
