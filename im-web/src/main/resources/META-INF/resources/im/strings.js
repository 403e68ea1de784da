const en = {
  lang: "en",
  intro: "A conversation between two people. Who are you, and who are you writing to?",
  user: "Your id",
  peer: "Their id",
  enter: "Open the conversation",
  idHint: "1 to 64 characters: letters A–Z and a–z, digits, and between them also . _ - @ : +",
  badId: "This is not an id. It should look as described below.",
  sameId: "The two ids must be different.",
  you: "You",
  youAre: (user) => `You are ${user}`,
  write: "Write a message",
  writeTo: (peer) => `Message to ${peer}`,
  says: (name) => `${name}: `,
  messages: "Messages",
  send: "Send",
  sending: "Sending…",
  connecting: "Connecting…",
  open: "Connected",
  waiting: "Not connected, trying again…",
  stopped: "Disconnected. Reload to try again.",
  beginning: "What either of you writes from now on appears here.",
  gap: "Connected again. Messages sent in the meantime are not shown.",
  offline: "Not connected yet. Your text stays here.",
  busy: "Earlier messages are still being sent. Your text stays here.",
  unconfirmed: "The connection broke before this was confirmed. It may have arrived: look before you send it again.",
  tooLarge: (bytes, most) => `Too long: ${bytes} of at most ${most} bytes.`,
  refused: (words) => `Not accepted: ${words}`,
  errors: {
    bad_frame: "Not sent: the text has characters that cannot be sent.",
    bad_user: "The server does not accept one of the two ids.",
    identity: "The server knows this connection under another id. Reload the page.",
    rate: "Not sent: too many messages at once. Wait a moment.",
    self: "You cannot write to yourself.",
    store: "The server could not confirm this. It may have arrived: look before you send it again.",
    too_large: "Not sent: too long.",
  },
};

const zh = {
  lang: "zh-CN",
  intro: "两个人之间的对话。您是谁，要写给谁？",
  user: "您的 ID",
  peer: "对方的 ID",
  enter: "打开对话",
  idHint: "1 到 64 个字符：字母（A–Z、a–z）和数字，中间还可以有 . _ - @ : +",
  badId: "这不是有效的 ID，请参照下面的说明。",
  sameId: "两个 ID 不能相同。",
  you: "我",
  youAre: (user) => `您是 ${user}`,
  write: "写消息",
  writeTo: (peer) => `写给 ${peer}`,
  says: (name) => `${name}：`,
  messages: "消息",
  send: "发送",
  sending: "发送中…",
  connecting: "正在连接…",
  open: "已连接",
  waiting: "未连接，正在重试…",
  stopped: "连接已断开，请刷新页面重试。",
  beginning: "从现在起，双方的消息会显示在这里。",
  gap: "已重新连接。断线期间的消息不会显示。",
  offline: "尚未连接，文字会保留在这里。",
  busy: "前面的消息还在发送，文字会保留在这里。",
  unconfirmed: "连接在确认之前断开了。消息可能已送达，重发之前请先看一看。",
  tooLarge: (bytes, most) => `太长了：${bytes} 字节，最多 ${most} 字节。`,
  refused: (words) => `未被接受：${words}`,
  errors: {
    bad_frame: "未发送：文字中有无法发送的字符。",
    bad_user: "服务器不接受其中一个 ID。",
    identity: "服务器认为此连接属于另一个 ID，请刷新页面。",
    rate: "未发送：消息太频繁，请稍等。",
    self: "不能给自己写消息。",
    store: "服务器未能确认。消息可能已送达，重发之前请先看一看。",
    too_large: "未发送：太长了。",
  },
};

/** The catalogue for the first language of the list that there is one for; English if none. */
export function stringsFor(languages) {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) {
      return zh;
    }
    if (/^en\b/i.test(language)) {
      return en;
    }
  }
  return en;
}
