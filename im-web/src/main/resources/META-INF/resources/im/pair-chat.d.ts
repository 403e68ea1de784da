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
import { Settings } from "./settings.js";
import type { Typed } from "./events.js";
export {};
declare global {
    interface HTMLElementTagNameMap {
        "pair-chat": PairChat;
    }
}
