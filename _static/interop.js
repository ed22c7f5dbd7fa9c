/* Builds the URL of a test list from the table of links below the form. Without JavaScript there is only the table. */
(() => {
  const form = document.querySelector(".list-builder");
  if (!form) return;
  const rows = [...form.parentElement.querySelectorAll("table.lists tbody tr")];
  const unique = (name) => [...new Set(rows.map((row) => row.dataset[name]))];
  const select = (name, label, values) =>
    `<label>${label} <select name="${name}">${values.map((v) => `<option value="${v}">${v.replaceAll("+", " + ")}</option>`).join("")}</select></label>`;
  form.innerHTML =
    select("target", "Target", unique("target")) +
    select("types", "Statuses", unique("types")) +
    '<label><input type="checkbox" name="alias" checked> aliases</label>' +
    '<label><input type="checkbox" name="flag"> flagged tests</label>' +
    '<output></output><div class="copy-as"><code data-as="curl command"></code></div><a download>Download</a>';
  const control = (name) => form.elements.namedItem(name);
  const [said, code, load] = [form.querySelector("output"), form.querySelector("code"), form.querySelector("a")];
  const show = () => {
    const chosen = `[data-target="${control("target").value}"][data-types="${control("types").value}"]`;
    const row = rows.find((candidate) => candidate.matches(chosen));
    const link = row?.querySelector(`a[data-alias="${control("alias").checked}"][data-flag="${control("flag").checked}"]`);
    said.textContent = link ? `${link.dataset.number} lines` : "no tests";
    code.parentElement.hidden = load.hidden = !link;
    if (!link) return;
    code.textContent = `curl -fsSO ${link.href}`;
    load.href = link.href;
    load.download = `${form.dataset.version}-${control("target").value}-${control("types").value}.txt`;
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.hidden = false;
  form.nextElementSibling.open = false;
  show();
})();

/* Opens the comparison of two guidelines, the older one first. Without JavaScript there is only the table of all. */
(() => {
  for (const form of document.querySelectorAll("form.choose-two")) {
    const chosen = () =>
      [...form.querySelectorAll("select")]
        .map((select) => select.selectedOptions[0])
        .sort((a, b) => a.dataset.place - b.dataset.place)
        .map((option) => option.value);
    const said = form.querySelector("output");
    form.addEventListener("change", () => (said.textContent = ""));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [older, newer] = chosen();
      if (older === newer) said.textContent = "Select two different guidelines.";
      else location.assign(new URL(`${older}..${newer}.html`, new URL(form.dataset.to, location.href)));
    });
    form.hidden = false;
  }
})();

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

/* Opens the closed <details> around the target of a link, such as a test of a capability, and focuses the target. The link
   to the newest guideline leads to the same part of it. */
(() => {
  const open = () => {
    for (const link of document.querySelectorAll("a[data-same]")) link.hash = location.hash;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ behavior: "instant", block: target.tagName === "SECTION" ? "start" : "center" });
  };
  addEventListener("hashchange", open);
  open();
  // Redirects RefStack's URLs, which were fragments of its home page.
  for (const link of document.querySelectorAll("a[data-fragment]"))
    if (location.hash === link.dataset.fragment) location.replace(link.href);
})();

/* Copies links. Headings have their own link sign; for rows, tests and cells, one button follows pointer and focus. */
(() => {
  const article = document.getElementById("furo-main-content");
  if (!article) return;
  const said = document.createElement("div");
  said.className = "vh";
  said.setAttribute("role", "status");
  document.body.append(said);

  const copy = async (text, from, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // The clipboard API needs https; execCommand works everywhere.
      const area = Object.assign(document.createElement("textarea"), { value: text, className: "vh" });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      from.focus();
    }
    said.textContent = "";
    requestAnimationFrame(() => (said.textContent = `${what} copied: ${text}`));
    from.dataset.copied = "true";
    setTimeout(() => delete from.dataset.copied, 1600);
  };
  const address = (id) => new URL(`#${encodeURIComponent(id)}`, location.href).href;

  for (const link of article.querySelectorAll("a.headerlink")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-label", (link.title || "Link").replace(/^Link/, "Copy link"));
    link.addEventListener("click", () => copy(link.href, link, "Link"));
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
  }

  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-link";
  button.innerHTML =
    '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="1.5" d="M6.5 9.5l3-3M7 4.5l1.6-1.6a2.5 2.5 0 0 1 3.5 3.5L10.5 8M9 11.5l-1.6 1.6a2.5 2.5 0 0 1-3.5-3.5L5.5 8"/></svg>';
  let fact = null;
  const offer = (event) => {
    const at = event.target.closest("tr[id], li[id], td[id], dl.clauses > div[id], details.finding-group[id]");
    if (!at || at === fact || !article.contains(at)) return;
    fact = at;
    const host = at.tagName === "TR" ? at.cells[0] : at.tagName === "DETAILS" ? at : at.tagName === "DIV" ? at.children[1] : at;
    const first = at.tagName === "TD" ? null : host.querySelector(":scope > a, :scope > code, :scope > summary");
    const name = (at.tagName === "TD" ? at.id : (first || host).textContent).trim().replace(/\s+/g, " ").slice(0, 80);
    button.setAttribute("aria-label", `Copy link to ${name}`);
    delete button.dataset.copied;
    if (first) first.after(button);
    else host.append(button);
  };
  button.addEventListener("click", () => fact && copy(address(fact.id), button, "Link"));
  article.addEventListener("pointerover", offer);
  article.addEventListener("focusin", offer);

  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  for (const code of article.querySelectorAll(".copy-as code")) {
    const address = code.closest(".copy-as").dataset.address;
    if (address) code.textContent = code.textContent.replace(address, new URL(address, root).href);
    const as = code.dataset.as || code.parentElement.previousElementSibling.textContent;
    const own = document.createElement("button");
    own.type = "button";
    own.className = "copy-text";
    own.textContent = "Copy";
    own.setAttribute("aria-label", `Copy ${as}`);
    own.addEventListener("click", () => copy(code.textContent, own, as));
    code.after(own);
  }
})();

/* Loads what finds anything, once, and returns a promise of it. */
const interopFinder = (() => {
  const root = document.querySelector(".sidebar-search-container").action;
  const paths = globalThis.interopFind ? [] : ["find-index.js", "_static/find-things.js", "_static/find-query.js", "_static/find.js"];
  let loaded = null;
  const load = (src) =>
    new Promise((resolve, reject) => {
      const made = { src: new URL(src, root).href, async: false, onload: resolve, onerror: reject };
      document.head.append(Object.assign(document.createElement("script"), made));
    });
  return () => (loaded ||= Promise.all([...paths, "_static/find-box.js"].map(load)));
})();

/* Filters the list of all tests by a query, which is kept in the URL. Without JavaScript, all tests are shown. */
(() => {
  const form = document.querySelector("form[data-tests]");
  if (!form) return;
  const [input, said] = [form.querySelector("input"), form.querySelector("output")];
  const projects = [...document.getElementById(form.dataset.tests).querySelectorAll("details")];
  const rows = projects.flatMap((project) => [...project.querySelectorAll("li")]);
  const links = rows.map((row) => row.querySelector("a"));
  // Tests without an id share the page of their capability.
  const name = (href, title) => `${href} ${title}`;
  const names = rows.map((row, at) => {
    const group = row.parentElement.previousElementSibling.textContent.split(".").at(-1);
    return name(links[at].href, `${group}.${links[at].textContent}`);
  });
  const show = async () => {
    const query = input.value.trim();
    if (query) await interopFinder();
    if (query !== input.value.trim()) return;
    const { results, note } = query ? globalThis.interopFind.find(query) : { results: [], note: "" };
    const root = document.querySelector(".sidebar-search-container").action;
    const found = new Set(results.filter(({ kind }) => kind === "test").map(({ to, title }) => name(new URL(to, root).href, title)));
    rows.forEach((row, at) => (row.hidden = Boolean(query) && !found.has(names[at])));
    const left = (of) => [...of.querySelectorAll("li")].filter((row) => !row.hidden).length;
    for (const project of projects) {
      for (const list of project.querySelectorAll("ul")) list.hidden = list.previousElementSibling.hidden = !left(list);
      const [shown, every] = [left(project), project.querySelectorAll("li").length];
      project.hidden = !shown;
      project.querySelector("[data-shown]").textContent = shown < every ? `${shown} of ` : "";
      if (query) project.open = shown > 0;
    }
    const shown = rows.filter((row) => !row.hidden).length;
    const filters = results.filter(({ kind }) => kind === "filter").map(({ title }) => title).join(", ");
    const told = [note, filters && `Try ${filters}.`, `Showing ${shown} of ${rows.length}`];
    said.textContent = query ? told.filter(Boolean).join(" ") : "";
  };
  const read = () => {
    input.value = new URLSearchParams(location.search).get("q") || "";
    show();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links.find((_, at) => input.value && !rows[at].hidden)?.click();
  });
  input.addEventListener("input", () => {
    const query = input.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    show();
  });
  addEventListener("popstate", read);
  form.hidden = false;
  read();
})();

/* The 404 page opens what a short URL means, such as t/id-<uuid>, or shows what is like the last part of the URL. */
(() => {
  const form = document.querySelector("form[data-missing]");
  const root = new URL(".", document.querySelector(".sidebar-search-container").action);
  const path = decodeURIComponent(location.pathname).replace(/(\/index)?(\.html?|\.json)?\/?$/, "");
  const short = /\/[gtc]\/(.+)$/.exec(path)?.[1];
  const name = short || /[^/]*$/.exec(path)[0];
  if (!form || !name || name === "404") return;
  interopFinder().then(() => {
    const { certain } = globalThis.interopFind.find(name);
    if (short && certain.length === 1) return location.replace(new URL(certain[0].to, root));
    const input = form.querySelector("input");
    input.value = name;
    return input.focus();
  });
})();

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
    if (!main && getComputedStyle(document.querySelector(".mobile-header")).display !== "none")
      document.getElementById("__navigation").checked = true;
    (main || inputs[0]).focus();
  });
})();

/* Where the sidebar and the contents are drawers, the signs that open them are labels: makes them buttons for the keyboard. */
(() => {
  for (const label of document.querySelectorAll(".nav-overlay-icon, .toc-overlay-icon")) {
    const box = document.getElementById(label.htmlFor);
    Object.assign(label, { tabIndex: 0, role: "button", ariaLabel: box.ariaLabel });
    const tell = () => label.setAttribute("aria-expanded", String(box.checked));
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      box.click();
    });
    box.addEventListener("change", tell);
    tell();
  }
  addEventListener("keydown", (event) => {
    for (const box of event.key === "Escape" ? document.querySelectorAll(".sidebar-toggle:checked") : []) box.click();
  });
})();

/* Makes what scrolls sideways a tab stop with a name: the caption of its table, or the heading above. Browsers of 2024 focus
   it without a script too, unless there is a link in it to tab to. What fits is no tab stop. */
(() => {
  const text = (element) => element?.textContent.replace("¶", "").trim().replace(/\s+/g, " ");
  const name = (box) => {
    const of = box.querySelector("caption") || box.closest("figure")?.querySelector("figcaption");
    const heading = text(box.closest("section")?.querySelector("h1, h2, h3, h4"));
    return text(of) || (box.tagName === "PRE" ? `Code: ${heading}` : heading);
  };
  const mark = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1;
    if (!scrolls) return box.removeAttribute("tabindex");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", name(box) || "Table");
  };
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
  for (const box of document.querySelectorAll("article :is(.scroll, .table-wrapper, pre, .drawing)")) observer.observe(box);
})();

/* On paper, the page has the URL from which it was printed, unless the site has a canonical one. The line with it, the
   date and the commit stands at the foot of each sheet. */
if (!document.querySelector("link[rel=canonical]"))
  for (const at of document.querySelectorAll("[data-page]")) at.textContent = location.href.replace(/#.*/, "");
for (const edition of document.querySelectorAll(".edition")) {
  const text = edition.textContent.trim().replace(/\s+/g, " ");
  document.documentElement.style.setProperty("--printed", JSON.stringify(text));
}
