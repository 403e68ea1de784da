/** English, the catalogue that others are measured by: a language may leave keys out, and English stands in. */
export const en = {
  lang: "en",

  chat: {
    /** @param {string} peer */
    conversation: (peer) => `Conversation with ${peer}`,
    typing: "typing…",
    online: "online",
    /** @param {string} ago as in "5 minutes ago" */
    lastSeen: (ago) => `last seen ${ago}`,
    lastSeenNow: "last seen just now",

    notConnected: "Not connected. Trying again…",
    tryNow: "Try now",
    /** @type {Record<string, string>} by the client's reason */
    stopped: {
      unauthenticated: "You are signed out.",
      identity: "You are signed in as another user.",
      protocol: "This page and the server do not understand each other. Reload the page.",
    },
    /** @param {string} url */
    badUrl: (url) => `“${url}” is not the address of a server.`,
    /** @param {string} name */
    badName: (name) => `“${name}” cannot be the name of a user.`,
    self: "You cannot write to yourself.",

    dismiss: "Dismiss",
    /** Between two sentences. */
    space: " ",
    /** @type {Record<string, string>} by the kind of the change */
    refused: {
      edit: "The message was not edited.",
      delete: "The message was not deleted.",
      react: "The reaction was not saved.",
    },
    /** @type {Record<string, string>} by the server's code; of other codes nothing is said */
    reasons: {
      too_large: "It is too long.",
      rate: "That was too much at once.",
      blocked: "You can no longer write here.",
      not_found: "There is no such message.",
      not_yours: "It is not yours.",
      deleted: "It is deleted.",
    },

    message: "Message",
    /** @param {string} peer */
    messageTo: (peer) => `Message to ${peer}`,
    send: "Send",
    save: "Save",
    editing: "Editing",
    cancel: "Cancel editing",
    /**
     * @param {string} bytes
     * @param {string} most
     */
    count: (bytes, most) => `${bytes} of ${most} bytes`,
    tooLong: "Too long to be sent:",
    full: "Too many messages are waiting to be sent.",
  },

  timeline: {
    // timeline.js, bubble.js, actions.js, times.js
  },

  page: {
    // page.js, sign-in.js, list.js, attention.js
  },
};
