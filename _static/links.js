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
  const old = [...document.querySelectorAll("a[data-fragment]")].find((link) => location.hash.startsWith(link.dataset.fragment));
  if (old && location.hash !== "#/") location.replace(old.href);
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
    if (at.tagName === "TD" && event.type === "focusin") return; // It would be a second tab stop in each cell: see below.
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
  /* The link of a cell with the keyboard. */
  article.addEventListener("keydown", (event) => {
    const cell = event.key === "c" && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.closest("td[id]");
    if (cell) copy(address(cell.id), event.target, "Link");
  });

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
