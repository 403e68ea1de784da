export type Conversation = import("./contract.js").Conversation;
export type Message = import("./contract.js").Message;
export type State = "waiting" | "connecting" | "online" | "stopped";
export type Events = {
    state: {
        state: State;
        reason: string | undefined;
    };
    conversations: null;
    message: {
        conversation: Conversation;
        message: Message;
    };
};
export type Options = {
    /**
     * of the server's WebSocket, absolute or relative to the document
     */
    url: string | URL;
    /**
     * who we are: proof enough in demo mode; beside a token it is what that must prove, and then
     * what is kept in this browser is there at once, before the server has answered
     */
    user?: string | undefined;
    /**
     * proves who we are; at most 15,000 characters, none of them a control character
     */
    token?: string | undefined;
    /**
     * gets one whenever one is needed: at
     * first, before it expires, after it was refused; nothing means that there will be none. A rejection counts as a
     * failed attempt to connect
     */
    getToken?: (() => string | undefined | Promise<string | undefined>) | undefined;
    /**
     * for tests
     */
    clock?: import("./link.js").Clock | undefined;
    /**
     * from 0 to 1, for tests
     */
    random?: (() => number) | undefined;
    /**
     * where there is none, or another is wanted
     */
    WebSocket?: (new (url: URL, protocol: string) => WebSocket) | undefined;
    /**
     * where there is no IndexedDB, or another place is wanted
     */
    cursors?: import("./cursors.js").Saved | undefined;
    /**
     * in the place of localStorage
     */
    storage?: Pick<Storage, "length" | "key" | "getItem" | "removeItem" | "setItem"> | undefined;
};
export type Members = {
    /**
     * The bounds of the server; its defaults until it has told them.
     */
    limits: import("./frames.js").Limits;
    state: State;
    /**
     * Why it has stopped.
     */
    reason: string | undefined;
    /**
     * Who we are, as soon as that is known.
     */
    user: string | undefined;
    /**
     * Those that have anything in them, the newest first.
     */
    conversations: Conversation[];
    /**
     * Whether the server has more than have been loaded.
     */
    moreConversations: boolean;
    /**
     * How many messages have not been read, in all conversations that have been loaded.
     */
    unread: number;
    /**
     * Connects, and stays connected.
     */
    connect: () => void;
    /**
     * Tries at once: now rather than after a wait, and also where it had stopped.
     */
    hurry: () => void;
    /**
     * Ends it for good. What was not sent is sent by the next client of this user in this
     * browser.
     */
    close: () => void;
    /**
     * Takes this token in the place of the one before.
     */
    renew: (token: string) => void;
    /**
     * The conversation with a user, whether there is anything in it
     * yet or not. A TypeError is thrown if that is no user's id, or one's own.
     */
    conversation: (peer: string) => Conversation;
    /**
     * Loads the next part of the list.
     */
    loadConversations: () => Promise<void>;
};
