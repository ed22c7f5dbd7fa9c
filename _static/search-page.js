/* The search page: all things that the index of the box finds, kind by kind, and the text of pages written by hand. */
(() => {
  const out = document.getElementById("search-results");
  const root = document.querySelector(".sidebar-search-container").action;
  const SHOWN = 20; // Results of a kind before the button that shows all.
  const COMBINED = "project:nova status:required,advisory guideline:2020.06";
  const EXAMPLES = [
    ["compute-servers-create", "a capability, or part of its name"],
    ["test_verify_server_details", "a test, by its name or id, or in a line of a log"],
    ["dns 2020.06", "a guideline"],
    ["compute 2020.06", "a component of a guideline"],
    ["2018.02 2020.06", "a comparison of two guidelines"],
    ["zed", "a release of OpenStack"],
    ["block storage", "a project or its service"],
    ["A4.5", "a clause of the process"],
    ["D404", "a code of a flag"],
    ["advisory", "a term of the glossary"],
  ];
  const asked = (query) => `search.html?q=${encodeURIComponent(query)}`;
  const TEXTS = 10; // Pages found by their text: their excerpts are fetched.
  const FOLDER = location.protocol === "file:";

  const element = (tag, content = "", className = "") =>
    Object.assign(document.createElement(tag), { textContent: content, className });
  const plural = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
  const heading = (text, number) => {
    const made = element("h2", text);
    made.append(" ", element("small", `(${number})`));
    return made;
  };
  const item = ({ to, title, detail }) => {
    const made = element("li");
    const link = Object.assign(element("a"), { href: new URL(to, root).href });
    link.append(...interopParts(title));
    made.append(link);
    if (detail) made.append(" ", element("span", detail, "detail"));
    return made;
  };
  const group = (text, found) => {
    const [made, list] = [element("section"), element("ul", "", "results")];
    list.append(...found.slice(0, SHOWN).map(item));
    made.append(heading(text, found.length), list);
    if (found.length > SHOWN) {
      const more = Object.assign(element("button", `Show all ${found.length}`), { type: "button" });
      more.addEventListener("click", () => {
        const rest = found.slice(SHOWN).map(item);
        list.append(...rest);
        more.remove();
        rest[0].firstChild.focus();
      });
      made.append(more);
    }
    return made;
  };

  /* Some 240 characters of a page around one of the words, from the beginning of a word to the end of one. */
  const excerpt = (html, words, anchor) => {
    const text = Search.htmlToText(html, anchor).trim().replace(/\s+/g, " ");
    if (!text) return "";
    const at = [...words].map((word) => text.toLowerCase().indexOf(word.toLowerCase())).filter((place) => place >= 0).at(-1);
    const from = at > 120 ? text.indexOf(" ", at - 120) + 1 : 0;
    const to = from + 240 < text.length ? text.lastIndexOf(" ", from + 240) : text.length;
    return element("p", `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`, "context");
  };

  const showTexts = (query) => {
    const [, terms, excluded, highlighted, objects] = Search._parseQuery(query);
    if (!terms.size) return [];
    // Sphinx puts the best result last: name, title, anchor, description, score, file.
    const found = Search._performSearch(query, terms, excluded, highlighted, objects).reverse();
    const pages = [...new Map(found.map((one) => [one[0], one]).reverse()).values()].reverse().slice(0, TEXTS);
    if (!pages.length) return [];
    // The excerpt is around the last of the words: the one that the fewest pages have.
    const { terms: having, titleterms: titled } = Search._index;
    const number = (word) => [having[word], titled[word]].flat().filter((page) => page !== undefined).length;
    const rarest = new Set([...terms].sort((a, b) => number(b) - number(a)));
    const [made, list] = [element("section"), element("ul", "", "results")];
    for (const [name, title, anchor] of pages) {
      const to = `${name}.html${anchor}`;
      const row = item({ to, title: title.replace(/<[^>]*>/g, "") });
      list.append(row);
      if (FOLDER) continue;
      fetch(new URL(to, root))
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => html && row.append(excerpt(html, rarest, anchor)))
        .catch(() => {});
    }
    const every = new Set(found.map(([page]) => page)).size;
    const remark = "Without excerpts: from a folder on disk, browsers let a page read no other.";
    made.append(heading("Text of pages", every > TEXTS ? `${TEXTS} of ${every}` : every), ...(FOLDER ? [element("p", remark, "quiet")] : []), list);
    return [Object.assign(made, { number: every })];
  };

  /* Without a query: what can be searched for, and all filters. */
  const showHelp = () => {
    const examples = element("ul", "", "results");
    for (const [query, about] of EXAMPLES) examples.append(item({ to: asked(query), title: query, detail: about }));
    const filters = element("ul", "", "results");
    for (const [query, about] of globalThis.interopFind.help) filters.append(item({ to: asked(query), title: query, detail: about }));
    const several = element("p", "Filters can be combined with each other and with words; several values are given with commas: ");
    several.append(item({ to: asked(COMBINED), title: COMBINED }).firstChild, ".");
    out.replaceChildren(element("h2", "Examples"), examples, element("h2", "Filters"), several, filters);
  };

  /* Sphinx calls this with the query in the URL. */
  globalThis.SPHINX_HIGHLIGHT_ENABLED = false; // Or the words of one search would be marked in the results of the next.
  Search.performSearch = (query) => (Search.hasIndex() ? Search.query(query) : Search.deferQuery(query));
  Search.query = (query) => {
    const { results, note } = globalThis.interopFind.find(query);
    const kinds = globalThis.interopFind.kinds
      .map(([kind, text]) => [text, results.filter((one) => one.kind === kind)])
      .filter(([, found]) => found.length);
    // The kind of the best result first.
    kinds.sort(([, a], [, b]) => results.indexOf(a[0]) - results.indexOf(b[0]));
    const texts = globalThis.interopQuery.parse(query).filters.length ? [] : showTexts(query);
    const told = element("p", note || (results.length || texts.length ? "" : "Nothing found."), "note");
    const things = results.filter(({ kind }) => kind !== "filter").length;
    const found = [plural(things, "result"), ...(texts.length ? [`${plural(texts[0].number, "page")} with these words`] : [])];
    const number = element("p", `${found.join(" and ")} for “${query}”.`, "quiet");
    number.setAttribute("role", "status");
    out.replaceChildren(number, ...(told.textContent ? [told] : []), ...kinds.map(([text, found]) => group(text, found)), ...texts);
    document.title = `${query} - ${document.title}`;
  };
  if (!new URLSearchParams(location.search).get("q")?.trim()) showHelp();
})();
