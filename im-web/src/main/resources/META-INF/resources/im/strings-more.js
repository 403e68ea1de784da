/** English for what is loaded when it is wanted. Another language has these keys beside those of strings-en.js. */
export const more = {
  timeline: {
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
