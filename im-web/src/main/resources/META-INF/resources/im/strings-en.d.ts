export namespace en {
    let lang: string;
    namespace chat {
        function conversation(peer: string): string;
        let typing: string;
        let online: string;
        function lastSeen(ago: string): string;
        let lastSeenNow: string;
        let notConnected: string;
        let tryNow: string;
        let stopped: Record<string, string>;
        let self: string;
        let message: string;
        function messageTo(peer: string): string;
        let send: string;
        function count(bytes: string, most: string): string;
        let tooLong: string;
        let full: string;
    }
    namespace timeline {
        let messages: string;
        let arriving: string;
        let loading: string;
        let beginning: string;
        let empty: string;
        function newMessages(count: number): string;
        function jump(unread: number): string;
        let you: string;
        function says(name: string): string;
        let edited: string;
        let deleted: string;
        let attachment: string;
        namespace states {
            let sending: string;
            let failed: string;
            let sent: string;
            let delivered: string;
            let read: string;
        }
        function notSent(why: string): string;
        let retry: string;
        let actions: string;
        let react: string;
    }
    namespace page {
        export let unreachable: string;
        export function noServer(status: number): string;
        export let signOut: string;
        export let skip: string;
        export function youAre(user: string): string;
        export let notifications: string;
        export let conversations: string;
        export let newConversation: string;
        export let none: string;
        export let choose: string;
        export let back: string;
        export function unread(count: string): string;
        export let own: string;
        let notSent_1: string;
        export { notSent_1 as notSent };
        let deleted_1: string;
        export { deleted_1 as deleted };
        export let noText: string;
    }
}
