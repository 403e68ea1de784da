/** @type {import("./strings.js").Strings & typeof import("./strings-more.js").more} */
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
      protocol: "页面与服务器的版本不匹配，请刷新页面。",
      unauthenticated: "你已退出登录。",
      identity: "你已用其他身份登录。",
    },
    badUrl: (url) => `“${url}”不是有效的服务器地址。`,
    badName: (name) => `“${name}”不是有效的用户名。`,
    badProperty: (property, kind) => `属性“${property}”必须是 ${kind}。`,
    self: "不能给自己发消息。",

    dismiss: "关闭",
    space: "",
    refused: {
      edit: "消息未能修改。",
      delete: "消息未能删除。",
      react: "表情回应未能保存。",
    },

    message: "输入消息",
    messageTo: (peer) => `给 ${peer} 发消息`,
    send: "发送",
    save: "保存",
    editing: "编辑消息",
    gone: "该消息已被删除，编辑的内容将转为草稿。",
    changed: "该消息已被修改，保存将覆盖该修改。",
    cancel: "取消编辑",
    count: (bytes, most) => `${bytes} / ${most} 字节`,
    tooLong: "消息过长，无法发送：",
    full: "待发送的消息过多。",
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

    /** @param {string} why */
    notSent: (why) => `发送失败。${why}`,
    reasons: {
      bad_frame: "服务器无法识别这条消息。",
      bad_user: "不存在这样的用户名。",
      self: "不能给自己发消息。",
      too_large: "消息太长。",
      rate: "发送过于频繁。",
      blocked: "对方不接收你的消息。",
      store: "服务器暂时无法保存这条消息。",
      not_found: "该消息不存在。",
      not_yours: "这不是你的消息。",
      deleted: "该消息已删除。",
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
    unreachable: "无法连接服务器。",
    /** @param {number} status */
    noServer: (status) => `服务器没有说明登录方式（${status}）。`,

    demoIntro: "两个人之间的对话。你是谁，要写给谁？",
    yourId: "你的 ID",
    theirId: "对方的 ID",
    peerHint: "留空则显示你的全部对话。",
    enter: "进入",
    idHint: "1 到 64 个字符：字母（A–Z、a–z）和数字，中间还可以有 . _ - @ : +",
    badId: "这不是有效的 ID，请参照下面的说明。",
    sameId: "两个 ID 不能相同。",

    tokenIntro: "请用令牌证明你的身份。",
    token: "你的令牌",
    tokenHint: "令牌由你使用的产品提供。试用时可以运行：",
    show: "显示",
    signIn: "登录",
    noToken: "请输入令牌。",
    refused: "令牌被拒绝或已过期。你写的内容都还在。",
    signOut: "退出登录",

    skip: "跳到对话",
    /** @param {string} user */
    youAre: (user) => `你是 ${user}`,
    notifications: "通知",
    denied: "浏览器不允许此页面发送通知，请在浏览器的网站设置中允许。",

    conversations: "对话",
    newConversation: "新对话",
    open: "打开",
    none: "还没有对话，请在上方新建一个。",
    choose: "请选择一个对话，或新建一个。",
    back: "返回对话列表",
    /** @param {string} count */
    unread: (count) => `${count} 条未读`,
    own: "我：",
    notSent: "未发送：",
    deleted: "已删除",
    noText: "无文字的消息",
  },
};
