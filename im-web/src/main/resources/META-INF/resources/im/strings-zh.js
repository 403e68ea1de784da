export const zh = {
  lang: "zh-CN",

  chat: {
    // pair-chat.js, composer.js
  },

  timeline: {
    messages: "消息",
    arriving: "新到的消息",
    loading: "正在加载…",
    beginning: "对话从这里开始",
    empty: "还没有消息，打个招呼吧！",
    /** @param {number} count */
    newMessages: (count) => `${count} 条新消息`,
    /** @param {number} unread */
    jump: (unread) => (unread ? `跳到最新消息，${unread} 条未读` : "跳到最新消息"),

    you: "你",
    /** @param {string} name */
    says: (name) => `${name}：`,
    edited: "已编辑",
    deleted: "此消息已删除",
    attachment: "此客户端无法显示的附件",
    states: {
      sending: "正在发送",
      failed: "发送失败",
      sent: "已发送",
      delivered: "已送达",
      read: "已读",
    },

    notSent: "发送失败。",
    reasons: {
      bad_frame: "服务器无法识别这条消息。",
      bad_user: "不存在这样的用户名。",
      self: "不能给自己发消息。",
      too_large: "消息太长。",
      rate: "发送过于频繁。",
      blocked: "对方不接收你的消息。",
      store: "服务器暂时无法保存这条消息。",
      unauthenticated: "你已退出登录。",
      identity: "你已用其他身份登录。",
    },
    retry: "重试",
    discard: "放弃",

    actions: "消息操作",
    react: "回应",
    copy: "复制文字",
    edit: "编辑",
    delete: "删除",
    confirmDelete: "要为双方删除这条消息吗？",
    cancel: "取消",
  },

  page: {
    // page.js, sign-in.js, list.js, attention.js
  },
};
