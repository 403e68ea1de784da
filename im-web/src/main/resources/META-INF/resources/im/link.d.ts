export type Clock = {
    now(): number;
    setTimeout(action: () => void, ms: number): any;
    clearTimeout(timer: any): void;
};
