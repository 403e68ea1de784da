/**
 * The page's element of that selector, as the type that it must be of.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} [root]
 * @returns {T}
 */
export function find(selector, type, root = document) {
  const node = root.querySelector(selector);
  if (!(node instanceof type)) {
    throw new TypeError(`no ${type.name} is ${selector}`);
  }
  return node;
}
