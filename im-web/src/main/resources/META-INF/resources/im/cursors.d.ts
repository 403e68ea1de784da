/**
 * How far this browser has each log, for all its tabs: in IndexedDB, where a tab that writes late cannot set back what
 * another has written. To lose them costs a replay, so nobody waits for a write, and where there is no IndexedDB (or it
 * fails) there are none.
 */
export class Cursors {
    /**
     * @param {string} key of a server and a user
     * @returns {Promise<Position | undefined>}
     */
    load(key: string): Promise<Position | undefined>;
    /**
     * @param {string} key
     * @param {Position} position
     * @param {boolean} afresh what was there before means nothing any more, although its epoch may be the same
     */
    save(key: string, position: Position, afresh: boolean): Promise<void>;
    #private;
}
/**
 * The last entry that we have in order: its number, and its time.
 */
export type Cursor = [seq: number, at: number];
export type Position = {
    epoch: string;
    cursors: Record<string, Cursor>;
};
