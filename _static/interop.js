/* Marks the section in view in the contents of a page. Without JavaScript they are a plain list. */
(() => {
  const links = [...document.querySelectorAll(".on-page a")];
  if (!links.length) return;
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const below = sections.findIndex((section) => section.getBoundingClientRect().top > innerHeight / 3);
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const current = links[(below < 0 || atEnd ? links.length : below) - 1];
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const later = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  mark();
})();

/* Loads what finds anything, once, and returns a promise of it. */
const interopFinder = (() => {
  const root = document.querySelector(".sidebar-search-container").action;
  const paths = globalThis.interopFind ? [] : ["find-index.js", "_static/find-things.js", "_static/find-names.js", "_static/find-words.js", "_static/find-places.js", "_static/find-query.js", "_static/find-meanings.js", "_static/find.js"];
  let loaded = null;
  const load = (src) =>
    new Promise((resolve, reject) => {
      const made = { src: new URL(src, root).href, async: false, onload: resolve, onerror: reject };
      document.head.append(Object.assign(document.createElement("script"), made));
    });
  return () => (loaded ||= Promise.all([...paths, "_static/find-box.js"].map(load)));
})();

/* The parts of a name, which breaks after its dots and underscores if it is long. */
const interopParts = (name) =>
  name.split(/(?<=[._])(?=\w)/).flatMap((part, at) => (at ? [document.createElement("wbr"), part] : [part]));

/* A thing that was found, as an item of a list. */
const interopItem = ({ to, title, detail }) => {
  const [made, link] = [document.createElement("li"), document.createElement("a")];
  link.href = new URL(to, document.querySelector(".sidebar-search-container").action).href;
  link.append(...interopParts(title));
  made.append(link);
  if (detail) made.append(" ", Object.assign(document.createElement("span"), { textContent: detail, className: "detail" }));
  return made;
};

/* The box that finds anything: what it needs is loaded when it is first used. `/` focuses it. */
(() => {
  const inputs = [...document.querySelectorAll("form[role=search][action] input[name=q]")];
  if (!inputs.length) return;
  for (const input of inputs) {
    input.autocomplete = "off";
    input.spellcheck = false;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]])
      input.setAttribute(name, value);
    input.addEventListener("focus", interopFinder);
    if (document.activeElement === input) interopFinder();
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const main = inputs.find((input) => input.closest("article"));
    // On a phone, the sidebar is a drawer.
    const box = document.getElementById("__navigation");
    if (!main && !box.checked && getComputedStyle(document.querySelector(".mobile-header")).display !== "none") box.click();
    (main || inputs[0]).focus();
  });
})();

/* Where the sidebar and the contents are drawers, the signs that open them are labels: replaces them by buttons, which the
   keyboard reaches. While a drawer is open, it has the focus and the rest of the page cannot be reached. */
(() => {
  const drawers = [["__navigation", ".sidebar-drawer", "(max-width: 63em)"], ["__toc", ".toc-drawer", "(max-width: 82em)"]];
  for (const [id, selector, narrow] of drawers) {
    const [box, drawer, width] = [document.getElementById(id), document.querySelector(selector), matchMedia(narrow)];
    if (!drawer) continue;
    let opener = null;
    const buttons = [...document.querySelectorAll(`label[for="${id}"]:not(.overlay)`)].map((label) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: label.className, ariaLabel: box.ariaLabel });
      button.addEventListener("click", () => {
        opener = button;
        box.click();
      });
      label.replaceWith(button);
      return button;
    });
    const tell = () => {
      const open = box.checked && width.matches;
      for (const button of buttons) button.setAttribute("aria-expanded", String(box.checked));
      for (const other of document.querySelectorAll(".skip-to-content, .mobile-header, .page > .main, .sidebar-drawer, .toc-drawer"))
        other.inert = open && other !== drawer;
      return open;
    };
    box.addEventListener("change", () => {
      if (tell()) drawer.querySelector("a, input").focus();
      else opener?.focus();
    });
    drawer.addEventListener("click", ({ target }) => {
      if (box.checked && target.closest("a")) box.click(); // The link may lead to this page.
    });
    width.addEventListener("change", tell);
    tell();
  }
  addEventListener("keydown", (event) => {
    for (const box of event.key === "Escape" ? document.querySelectorAll(".sidebar-toggle:checked") : []) box.click();
  });
})();

/* Makes what scrolls sideways a tab stop with a name: the caption of its table, or the heading above. Browsers of 2024 focus
   it without a script too, unless there is a link in it to tab to. What fits is no tab stop, and no scroller either, so
   that the head of a table stays at the top of the window. */
(() => {
  const text = (element) => element?.textContent.replace("¶", "").trim().replace(/\s+/g, " ");
  const name = (box) => {
    const of = box.querySelector("caption") || box.closest("figure")?.querySelector("figcaption");
    const heading = text(box.closest("section")?.querySelector("h1, h2, h3, h4"));
    return text(of) || (box.tagName === "PRE" ? `Code: ${heading}` : heading);
  };
  const mark = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1;
    if (!box.matches("pre, .tall")) box.classList.toggle("whole", !scrolls); // matrix.js has its own way.
    if (!scrolls) return box.removeAttribute("tabindex");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", name(box) || "Table");
  };
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
  for (const box of document.querySelectorAll("article :is(.scroll, .table-wrapper, pre, .drawing)")) observer.observe(box);
})();

/* On paper, the page has the URL from which it was printed, unless the site has a canonical one. The line with it, the
   date and the commit stands at the foot of each sheet; where the browser prints nothing there, at the end of the page. */
const interopPreview = document.querySelector(".preview")?.textContent || "";
const interopCommit = /commit \w+/.exec(interopPreview)?.[0];
if (interopCommit && !document.querySelector(".edition code"))
  for (const at of document.querySelectorAll(".edition .printed"))
    at.before(`, ${interopCommit}${/, with changes in /.test(interopPreview) ? " with changes" : ""}`);
if (!document.querySelector("link[rel=canonical]"))
  for (const at of document.querySelectorAll("[data-page]")) at.textContent = location.href.replace(/#.*/, "");
for (const edition of document.querySelectorAll(".edition")) {
  const text = edition.textContent.trim().replace(/\s+/g, " ");
  document.documentElement.style.setProperty("--printed", JSON.stringify(text));
  document.documentElement.toggleAttribute("data-printed", "CSSMarginRule" in globalThis);
}
