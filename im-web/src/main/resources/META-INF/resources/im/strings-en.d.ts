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
        let misunderstood: string;
        function badUrl(url: string): string;
        function badName(name: string): string;
        let dismiss: string;
        let space: string;
        let refused: Record<string, string>;
        let reasons: Record<string, string>;
        let message: string;
        function messageTo(peer: string): string;
        let send: string;
        let save: string;
        let editing: string;
        let cancel: string;
        function count(bytes: string, most: string): string;
        let tooLong: string;
        let full: string;
    }
    namespace timeline {
        export let messages: string;
        export let arriving: string;
        export let loading: string;
        export let beginning: string;
        export let empty: string;
        export function newMessages(count: number): string;
        export function jump(unread: number): string;
        export let you: string;
        export function says(name: string): string;
        export let edited: string;
        export let deleted: string;
        export let attachment: string;
        export namespace states {
            let sending: string;
            let failed: string;
            let sent: string;
            let delivered: string;
            let read: string;
        }
        export function notSent(why: string): string;
        let reasons_1: Record<string, string>;
        export { reasons_1 as reasons };
        export let retry: string;
        export let discard: string;
        export let actions: string;
        export let react: string;
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
