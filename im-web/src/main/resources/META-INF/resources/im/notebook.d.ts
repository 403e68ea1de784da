export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;
