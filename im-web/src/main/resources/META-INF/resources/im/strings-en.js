/** English, the catalogue that others are measured by: a language may leave keys out, and English stands in. */
export const en = {
  lang: "en",

  chat: {
    // pair-chat.js, composer.js
  },

  timeline: {
    // timeline.js, bubble.js, actions.js, times.js
  },

  page: {
    // page.js, sign-in.js, list.js, attention.js
  },
};
