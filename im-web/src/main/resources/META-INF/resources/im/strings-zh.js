export const zh = {
  lang: "zh-CN",

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
