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
    /** @type {Record<string, string>} by the reason why the client has stopped */
    stopped: {
      protocol: "This page and the server do not understand each other. Reload the page.",
      unauthenticated: "You are signed out.",
      identity: "You are signed in as somebody else.",
    },
    self: "You cannot write to yourself.",

    message: "Message",
    /** @param {string} peer */
    messageTo: (peer) => `Message to ${peer}`,
    send: "Send",
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
    retry: "Try again",

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
