/**
 * The last entry that we have in order: its number, and its time.
 */
export type Cursor = [seq: number, at: number];
export type Position = {
    epoch: string;
    cursors: Record<string, Cursor>;
};
export type Saved = {
    load: (key: string) => Promise<Position | undefined>;
    save: (key: string, position: Position, afresh: boolean) => void;
};
