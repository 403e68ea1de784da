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
