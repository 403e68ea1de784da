/** English, the catalogue that others are measured by: a language may leave keys out, and English stands in. */
export const en = {
  lang: "en",

  chat: {
    // pair-chat.js, composer.js
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

    notSent: "Not sent.",
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
    copy: "Copy text",
    edit: "Edit",
    delete: "Delete",
    confirmDelete: "Delete this message for both of you?",
    cancel: "Cancel",
  },

  page: {
    // page.js, sign-in.js, list.js, attention.js
  },
};
