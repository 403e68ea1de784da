/**
 * English, the catalogue that others are measured by: a language may leave keys out, and English stands in. What is said
 * by that which is loaded when it is wanted is in strings-more.js.
 */
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
    misunderstood: "This page and the server do not understand each other. Reload the page.",
    /** @param {string} url */
    badUrl: (url) => `“${url}” is not the address of a server.`,
    /** @param {string} name */
    badName: (name) => `“${name}” cannot be the name of a user.`,

    dismiss: "Dismiss",
    /** Between two sentences. */
    space: " ",
    /** @type {Record<string, string>} by the kind of the change */
    refused: {
      edit: "The message was not edited.",
      delete: "The message was not deleted.",
      react: "The reaction was not saved.",
    },
    /** @type {Record<string, string>} by the server's code, beside those of timeline */
    reasons: {
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
    messages: "Messages",
    arriving: "Arriving messages",
    loading: "Loading…",
    beginning: "The beginning of the conversation",
    empty: "Nothing here yet. Say hello!",
    /** @param {number} count */
    newMessages: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
    /** @param {number} unread */
    jump: (unread) => (unread ? `To the newest message, ${unread} unread` : "To the newest message"),

    you: "You",
    /** @param {string} name */
    says: (name) => `${name}: `,
    edited: "edited",
    deleted: "This message was deleted",
    attachment: "An attachment that this client cannot show",
    states: {
      sending: "Sending",
      failed: "Not sent",
      sent: "Sent",
      delivered: "Delivered",
      read: "Read",
    },

    /** @param {string} why empty if there is nothing to say */
    notSent: (why) => `Not sent. ${why}`,
    /** @type {Record<string, string>} by the server's code; of other codes nothing more is said */
    reasons: {
      bad_frame: "The server does not understand it.",
      bad_user: "There can be no user of this name.",
      self: "You cannot write to yourself.",
      too_large: "It is too long.",
      rate: "That was too much at once.",
      blocked: "This user does not take your messages.",
      store: "The server cannot store it at the moment.",
      unauthenticated: "You are signed out.",
      identity: "You are signed in as somebody else.",
    },
    retry: "Try again",
    discard: "Discard",

    actions: "Message actions",
    react: "React",
  },

  page: {
    unreachable: "The server cannot be reached.",
    /** @param {number} status */
    noServer: (status) => `The server does not say how to sign in (${status}).`,

    signOut: "Sign out",
    skip: "Skip to the conversation",
    /** @param {string} user */
    youAre: (user) => `You are ${user}`,
    notifications: "Notifications",

    conversations: "Conversations",
    newConversation: "New conversation",
    none: "No conversations yet. Begin one above.",
    choose: "Choose a conversation, or begin a new one.",
    back: "Back to the conversations",
    /** @param {string} count */
    unread: (count) => `${count} unread`,
    own: "You: ",
    notSent: "Not sent: ",
    deleted: "Deleted",
    noText: "Message without text",
  },
};
