/** What a page says of a `<pair-chat>`, by attributes and by properties. What it says in one task is taken together. */
export class Settings extends HTMLElement {
    static observedAttributes: string[];
    set url(url: string);
    /** Where the server is: http(s) or ws(s), relative to the page. */
    get url(): string;
    set peer(peer: string);
    /** Who is talked to. */
    get peer(): string;
    set user(user: string);
    /** Who one is, where the server takes one's word for it. */
    get user(): string;
    set token(token: string | undefined);
    /** Proves who one is. */
    get token(): string | undefined;
    set getToken(getToken: (() => string | undefined | Promise<string | undefined>) | undefined);
    /** Gets a token, and another each time that the last has expired or is refused. */
    get getToken(): (() => string | undefined | Promise<string | undefined>) | undefined;
    set client(client: import("./im-client.js").Client | undefined);
    /** A connection of the page's own, which the page opens and closes; it goes before url, user, token and getToken. */
    get client(): import("./im-client.js").Client | undefined;
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
