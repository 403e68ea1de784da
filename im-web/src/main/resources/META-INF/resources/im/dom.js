/**
 * A new element. Strings become text nodes, so whatever they hold is never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag | `${Tag}.${string}`} name its tag, and perhaps its class: "p", "p.edge"
 * @param {object} [properties] of the node: part, ariaLabel, …
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(name, properties, ...children) {
  const [tag, className] = name.split(".");
  const node = Object.assign(document.createElement(tag), className && { className }, properties);
  node.append(...children);
  return /** @type {any} */ (node);
}

/**
 * Sets a text. What is announced is announced when it comes, and not again at each call.
 *
 * @param {Element} node
 * @param {string} text
 */
export function say(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/**
 * What a badge says of so many: nothing if there are none.
 *
 * @param {number} count
 * @param {boolean} [isMore] there are more than these
 */
export function badgeText(count, isMore) {
  return count > 999 ? "999+" : count ? `${count}${isMore ? "+" : ""}` : "";
}

/**
 * The page's element of that selector, which is there.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @returns {T}
 */
export function find(selector) {
  return /** @type {T} */ (document.querySelector(selector));
}

/**
 * What is loaded when it is wanted, once; if that fails, there is nothing, and the next call tries again.
 *
 * @template T
 * @param {() => Promise<T>} load
 */
export function lazily(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return async () => {
    try {
      return await (loading ??= load());
    } catch {
      loading = undefined;
    }
  };
}
