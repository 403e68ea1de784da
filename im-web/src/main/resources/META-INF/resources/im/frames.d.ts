export type Limits = {
    bodyBytes: number;
    frameBytes: number;
    dataBytes: number;
};
