export type Listens<E> = {
    addEventListener: <K extends keyof E>(type: K, listener: ((event: CustomEvent<E[K]>) => void) | null, options?: boolean | AddEventListenerOptions) => void;
    removeEventListener: <K extends keyof E>(type: K, listener: ((event: CustomEvent<E[K]>) => void) | null, options?: boolean | EventListenerOptions) => void;
};
/**
 * A class of event targets whose own events are known to the type checker: `extends` it by a cast.
 */
export type Typed<C extends abstract new (...given: any[]) => EventTarget, E> = (new (...given: any[]) => Listens<E>) & C;
