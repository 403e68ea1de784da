/** English for what is loaded when it is wanted. Another language has these keys beside those of strings-en.js. */
export const more = {
  chat: {
    save: "Save",
    editing: "Editing",
    gone: "It was deleted meanwhile. Your text becomes a draft.",
    changed: "It was edited meanwhile. To save is to replace that.",
    cancel: "Cancel editing",

    /** @param {string} url */
    badUrl: (url) => `“${url}” is not the address of a server.`,
    /** @param {string} name */
    badName: (name) => `“${name}” cannot be the name of a user.`,
    /**
     * @param {string} property
     * @param {string} kind
     */
    badProperty: (property, kind) => `The property “${property}” must be a ${kind}.`,

    dismiss: "Dismiss",
    /** Between two sentences. */
    space: " ",
    /** @type {Record<string, string>} by the kind of the change */
    refused: {
      edit: "The message was not edited.",
      delete: "The message was not deleted.",
      react: "The reaction was not saved.",
    },
  },

  timeline: {
    /** @type {Record<string, string>} by the server's code; of other codes nothing more is said */
    reasons: {
      bad_frame: "The server does not understand it.",
      bad_user: "There can be no user of this name.",
      self: "You cannot write to yourself.",
      too_large: "It is too long.",
      rate: "That was too much at once.",
      blocked: "This user does not take your messages.",
      store: "The server cannot store it at the moment.",
      not_found: "There is no such message.",
      not_yours: "It is not yours.",
      deleted: "It is deleted.",
    },
    discard: "Discard",

    copy: "Copy text",
    edit: "Edit",
    delete: "Delete",
    confirmDelete: "Delete this message for both of you?",
    cancel: "Cancel",
  },

  page: {
    demoIntro: "A conversation between two people. Who are you, and who are you writing to?",
    yourId: "Your id",
    theirId: "Their id",
    peerHint: "Leave it empty to see all your conversations.",
    enter: "Enter",
    open: "Open",
    idHint: "1 to 64 characters: letters A–Z and a–z, digits, and between them also . _ - @ : +",
    badId: "This is not an id. It should look as described below.",
    sameId: "The two ids must be different.",

    tokenIntro: "A token says who you are.",
    token: "Your token",
    tokenHint: "Your product gives you one. For a try:",
    show: "Show",
    signIn: "Sign in",
    noToken: "Enter a token.",
    refused: "Your token was refused or has expired. What you have written is kept.",

    denied: "Your browser does not let this page notify you. Allow it in the browser’s settings for this site.",
  },
};
