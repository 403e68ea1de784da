const MOST_MESSAGES = 1000;
const NEAR_END_PX = 48;

/** What a conversation looks like. Whatever people wrote becomes text nodes, never markup. */
export class View {
  onSubmit;
  onInput;
  #strings;
  #peer;
  #root;
  #line;
  #log;
  #scroller;
  #notice;
  #atEnd = true;
  #frame = null;

  constructor(root, strings, user, peer) {
    this.#root = root;
    this.#strings = strings;
    this.#peer = peer;
    this.#line = root.querySelector("textarea");
    this.#log = root.querySelector("[role=log]");
    this.#scroller = root.querySelector(".scroller");
    this.#notice = root.querySelector("[role=alert]");
    document.title = `${peer} · Pair IM`;
    root.querySelector("h1").textContent = root.querySelector("h1").title = peer;
    root.querySelector(".initial").textContent = peer[0].toUpperCase();
    root.querySelector(".you").textContent = strings.youAre(user);
    this.#line.placeholder = strings.write;
    this.#line.ariaLabel = strings.writeTo(peer);
    this.#log.ariaLabel = strings.messages;
    this.#listen();
    root.hidden = false;
    this.#line.focus();
  }

  get line() {
    return this.#line.value;
  }

  set line(text) {
    this.#line.value = text;
  }

  state(name) {
    this.#root.dataset.state = name;
    this.#root.querySelector("[role=status]").textContent = this.#strings[name];
    this.#root.querySelector("button").ariaDisabled = String(name !== "open");
  }

  get notice() {
    return this.#notice.textContent;
  }

  set notice(text) {
    this.#notice.textContent = text;
    this.#stay();
  }

  message(text, own) {
    this.#append(bubble(text, own ? "own" : "other", this.#strings.says(own ? this.#strings.you : this.#peer)));
  }

  note(text) {
    this.#append(element("p", "note", text));
  }

  pending(texts) {
    const bubbles = texts.map((text) => bubble(text, "own", this.#strings.sending));
    this.#root.querySelector(".pending").replaceChildren(...bubbles);
    this.#stay();
  }

  showEnd() {
    this.#atEnd = true;
    this.#stay();
  }

  #append(node) {
    this.#log.append(node);
    if (this.#log.childElementCount > MOST_MESSAGES) {
      this.#log.firstElementChild.remove();
    }
    this.#stay();
  }

  /** Once a frame: a thousand messages are laid out anew each time. */
  #stay() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (this.#atEnd) {
        this.#scroller.scrollTop = this.#scroller.scrollHeight;
      }
    });
  }

  #listen() {
    this.#scroller.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
      const near = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      // With a frame to come it may be the content that went on, and not the reader who went up.
      this.#atEnd = near || (this.#atEnd && this.#frame !== null);
    });
    new ResizeObserver(() => this.#stay()).observe(this.#scroller);
    this.#line.addEventListener("input", () => this.onInput());
    this.#line.addEventListener("keydown", (event) => {
      // 229: the Enter that ends a composition, where isComposing is already false (Safari).
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key === "Enter" && !event.shiftKey && !composing) {
        event.preventDefault();
        this.onSubmit();
      }
    });
    this.#root.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#line.focus();
      this.onSubmit();
    });
  }
}

function bubble(text, side, label) {
  const node = element("div", `message ${side}`);
  const content = element("p", "text", text);
  content.dir = "auto";
  node.append(element("span", "label", label), content);
  return node;
}

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}
