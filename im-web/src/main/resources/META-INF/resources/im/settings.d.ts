declare const Settings_base: new () => HTMLElement & Said;
/** What a page says of a `<pair-chat>`, by attributes and by properties. What it says in one task is taken together. */
export class Settings extends Settings_base {
    static observedAttributes: string[];
    connectedCallback(): void;
    disconnectedCallback(): void;
    /** Moved by `moveBefore`: perhaps into another language. */
    connectedMoveCallback(): void;
    attributeChangedCallback(): void;
    /** @protected */
    protected changed(): Promise<void>;
    /**
     * That of the nearest `lang` around it, or, where the page says none, those that the reader's browser prefers.
     *
     * @protected
     * @returns {readonly string[]}
     */
    protected get languages(): readonly string[];
    /**
     * Called once after a task in which something changed.
     *
     * @protected
     */
    protected settle(): void;
    #private;
}
export type Client = import("./im-client.js").Client;
export type Said = {
    /**
     * where the server is: http(s) or ws(s), relative to the page
     */
    url: string;
    /**
     * who is talked to
     */
    peer: string;
    /**
     * who one is, where the server takes one's word for it
     */
    user: string;
    /**
     * proves who one is
     */
    token: string | undefined;
    /**
     * gets a token, and another each time that the last
     * has expired or is refused
     */
    getToken: import("./im-client.js").Options["getToken"];
    /**
     * a connection of the page's own, which the page opens and closes; it goes before
     * url, user, token and getToken
     */
    client: Client | undefined;
};
export {};
