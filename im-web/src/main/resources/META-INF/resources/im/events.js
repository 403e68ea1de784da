/**
 * @template E the events' details by their types
 * @typedef {object} Listens
 * @property {<K extends keyof E>(type: K, listener: ((event: CustomEvent<E[K]>) => void) | null,
 *     options?: boolean | AddEventListenerOptions) => void} addEventListener
 * @property {<K extends keyof E>(type: K, listener: ((event: CustomEvent<E[K]>) => void) | null,
 *     options?: boolean | EventListenerOptions) => void} removeEventListener
 */

/**
 * A class of event targets whose own events are known to the type checker: `extends` it by a cast.
 *
 * @template {abstract new (...given: any[]) => EventTarget} C
 * @template E
 * @typedef {(new (...given: any[]) => Listens<E>) & C} Typed
 */

export {};
