/** @type {import("./strings.js").Strings} */
export const zh = {
  lang: "zh-CN",

  chat: {
    conversation: (peer) => `与 ${peer} 的对话`,
    typing: "正在输入…",
    online: "在线",
    lastSeen: (ago) => `${ago}在线`,
    lastSeenNow: "刚刚在线",

    notConnected: "连接已断开，正在重试…",
    tryNow: "立即重试",
    stopped: {
      unauthenticated: "您已退出登录。",
      identity: "您登录的是另一个用户。",
      protocol: "页面与服务器的版本不匹配，请刷新页面。",
    },
    badUrl: (url) => `“${url}”不是有效的服务器地址。`,
    badName: (name) => `“${name}”不是有效的用户名。`,
    self: "不能给自己发消息。",

    dismiss: "关闭",
    space: "",
    refused: {
      edit: "消息未能修改。",
      delete: "消息未能删除。",
      react: "表情回应未能保存。",
    },
    reasons: {
      too_large: "内容过长。",
      rate: "操作过于频繁。",
      blocked: "您已无法向对方发消息。",
      not_found: "该消息不存在。",
      not_yours: "这不是您的消息。",
      deleted: "该消息已删除。",
    },

    message: "输入消息",
    messageTo: (peer) => `给 ${peer} 发消息`,
    send: "发送",
    save: "保存",
    editing: "编辑消息",
    cancel: "取消编辑",
    count: (bytes, most) => `${bytes} / ${most} 字节`,
    tooLong: "消息过长，无法发送：",
    full: "待发送的消息过多。",
  },

  timeline: {
    // timeline.js, bubble.js, actions.js, times.js
  },

  page: {
    // page.js, sign-in.js, list.js, attention.js
  },
};
