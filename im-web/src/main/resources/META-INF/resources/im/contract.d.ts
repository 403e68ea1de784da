export type Fields = {
    /**
     * together with `from` the same for as long as the message exists, before it is stored too
     */
    id: string;
    /**
     * its number in the log, once it is stored
     */
    seq?: number | undefined;
    from: string;
    /**
     * milliseconds since 1970: when it was stored, or before that when it was written
     */
    at: number;
    body: string;
    /**
     * an object, unless the server's own program made it
     */
    data?: unknown;
    edited: boolean;
    deleted: boolean;
    /**
     * by user
     */
    reactions: Readonly<Record<string, string>>;
    /**
     * whether a change of one's own is on its way to the server: it is shown as if it were done
     */
    changing: boolean;
    /**
     * of one's own; the peer's are `sent`
     */
    state: "sending" | "failed" | "sent" | "delivered" | "read";
    /**
     * why it failed, see docs/protocol.md
     */
    code?: string | undefined;
};
/**
 * A message as it is shown: a value, which is replaced by another when anything in it changes.
 */
export type Message = Readonly<Fields>;
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
export type Members = {
    peer: string;
    /**
     * What is stored and has been loaded, ascending, up to the newest.
     */
    messages: readonly Message[];
    /**
     * What is to be sent, in the order of writing.
     */
    pending: readonly Message[];
    /**
     * Whether the newest messages have been loaded, and those that have not been read.
     */
    loaded: boolean;
    /**
     * Whether there are none before those that have been loaded.
     */
    atStart: boolean;
    /**
     * The newest message, one to be sent included.
     */
    last: Message | undefined;
    /**
     * When something happened here last, in milliseconds since 1970; 0 if that is not known.
     */
    activity: number;
    /**
     * How many of the peer's messages have not been read.
     */
    unread: number;
    /**
     * The number up to which one has read; 0 for nothing.
     */
    read: number;
    /**
     * Whether the peer is here.
     */
    online: boolean;
    /**
     * When the peer was here last, in milliseconds since 1970, if that is known.
     */
    lastSeen: number | undefined;
    /**
     * Whether the peer types.
     */
    typing: boolean;
    /**
     * Loads the newest messages, and all that have not been read if no more than
     * 2,000 entries have come since, however long it takes to get a connection.
     */
    load: () => Promise<void>;
    /**
     * Loads some that are older. One call at a time: others get the same promise.
     */
    loadOlder: () => Promise<void>;
    /**
     * Forgets all but the newest messages, which can be loaded again.
     */
    trim: (count: number) => void;
    /**
     * Sends a message, now or when there is a connection. The
     * body may be empty if there is data, which means something to your program. A RangeError is thrown if a thousand
     * are waiting already.
     */
    send: (body: string, data?: object) => Message;
    /**
     * Changes a message of one's own.
     */
    edit: (seq: number, body: string) => void;
    /**
     * Deletes a message of one's own.
     */
    remove: (seq: number) => void;
    /**
     * Takes the place of one's former reaction; empty takes that
     * back.
     */
    react: (seq: number, text: string) => void;
    /**
     * Sends a message that has failed once more.
     */
    retry: (id: string) => void;
    /**
     * Forgets a message that has failed, and is not to be sent.
     */
    discard: (id: string) => void;
    /**
     * The user has seen the messages up to this one.
     */
    markRead: (seq: number) => void;
    /**
     * Call it at each input; with false when the line is empty.
     */
    setTyping: (on: boolean) => void;
};
/**
 * An edit that was begun: of the message with this id, and its text.
 */
export type Edit = {
    id: string;
    body: string;
};
/**
 * What is being written, to be set by whoever shows a line to write in. It outlives the page, and all tabs of this
 * browser have the same. The text of an edit that the server refuses is added to the draft.
 */
export type Written = {
    /**
     * of the next message
     */
    draft: string;
    /**
     * in a line of its own
     */
    addToDraft: (text: string) => void;
    editing: Edit | undefined;
};
/**
 * The log of a pair, as far as it has come here, and what is on its way into it.
 *
 * Events: `change` after anything in it has changed, once for all that changed together (what is being written: by
 * another tab); `message` with `{conversation, message}` for each that is new to this browser, in order; `rejected` with
 * `{kind, of, body, code}` for a change that the server has refused, and that is taken back.
 */
export type Conversation = Readonly<Members> & Written & import("./events.js").Listens<Events> & EventTarget;
