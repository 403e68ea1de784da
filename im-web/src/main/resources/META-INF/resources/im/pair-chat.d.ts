declare const PairChat_base: Typed<typeof Settings, Events>;
/**
 * One conversation, for any page: `<pair-chat peer="bob"></pair-chat>`.
 *
 * Elements of the same identity share a connection, which lasts as long as one of them is in the page. What is set in
 * one task is taken together.
 *
 * Events, which do not bubble:
 * - `message`, detail `{message, peer}`: one that is new in this conversation, one's own too
 * - `unread`, detail `{unread}`: the number of unread messages changed
 * - `state`, detail `{state, reason}`: the connection's state changed
 */
export class PairChat extends PairChat_base {
    #private;
}
export type Client = import("./im-client.js").Client;
export type Conversation = import("./im-client.js").Conversation;
export type Strings = import("./strings.js").Strings;
export type Events = {
    message: {
        message: import("./im-client.js").Message;
        peer: string;
    };
    unread: {
        unread: number;
    };
    state: {
        state: import("./im-client.js").State;
        reason: string | undefined;
    };
};
/**
 * What is seen.
 */
export type View = {
    client?: import("./im-client.js").Client | undefined;
    /**
     * there as soon as it is known who one is
     */
    conversation?: import("./contract.js").Conversation | undefined;
    /**
     * with what was set; empty if nothing is
     */
    wrong: string;
    peer: string;
    strings: Strings;
    locale: string;
    isStyled: boolean;
};
import { Settings } from "./settings.js";
import type { Typed } from "./events.js";
export {};
declare global {
    interface HTMLElementTagNameMap {
        "pair-chat": PairChat;
    }
}
