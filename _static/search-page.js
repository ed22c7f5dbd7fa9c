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
  const LISTS = [
    ["capabilities/index.html", "Capabilities", "all, by project"],
    ["tests/index.html", "Tests", "all, by project and class"],
    ["guidelines/index.html", "Guidelines", "all, by program"],
    ["glossary.html", "Glossary", "the terms of the field"],
    ["search.html", "Examples and filters", "what can be searched for"],
  ];
  const FEW = 6; // With less results, there are other things to try.
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
  const group = (text, found) => {
    const [made, list] = [element("section"), element("ul", "", "results")];
    list.append(...found.slice(0, SHOWN).map(interopItem));
    made.append(heading(text, found.length), list);
    if (found.length > SHOWN) {
      const more = Object.assign(element("button", `Show all ${found.length}`), { type: "button" });
      more.addEventListener("click", () => {
        const rest = found.slice(SHOWN).map(interopItem);
        list.append(...rest);
        more.remove();
        rest[0].firstChild.focus();
      });
      made.append(more);
    }
    return made;
  };

  /* The text of a page, or of what has an anchor in it, without titles and the line below the first. */
  const textOf = (html, anchor) => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("[role=main]");
    main?.querySelectorAll("h1, .site-line, .headerlink, nav, form, script").forEach((element) => element.remove());
    const part = (anchor && main?.querySelector(anchor)) || main;
    const parts = part?.tagName === "DT" ? [part.nextElementSibling] : [part];
    return parts.map((one) => one?.textContent || "").join(" ").trim().replace(/\s+/g, " ");
  };
  /* Some 240 characters around the first of the words, of which there are the stems, from the beginning of a word to the end
     of one; nothing if the text has none. */
  const excerpt = (text, stems) => {
    const stemmer = new Stemmer();
    const every = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => [stemmer.stemWord(word.toLowerCase()), word, index]);
    const [, word, at] = stems.map((stem) => every.find(([found]) => found === stem)).find(Boolean) || [];
    if (!word) return [];
    const from = at > 120 ? text.indexOf(" ", at - 120) + 1 : 0;
    const to = from + 240 < text.length ? text.lastIndexOf(" ", from + 240) : text.length;
    const made = element("p", "", "context");
    const after = at + word.length;
    made.append(from ? "… " : "", text.slice(from, at), element("b", word), text.slice(after, to), to < text.length ? " …" : "");
    return [made];
  };

  const showTexts = (query) => {
    const [, terms, excluded, highlighted, objects] = Search._parseQuery(query);
    if (!terms.size) return [];
    // Sphinx puts the best result last: name, title, anchor, description, score, file.
    const found = Search._performSearch(query, terms, excluded, highlighted, objects).reverse();
    const every = [...new Map(found.map((one) => [one[0], one]).reverse()).values()].reverse().filter(([name]) => name !== "404");
    const pages = every.slice(0, TEXTS);
    if (!pages.length) return [];
    // The excerpt is around the word that the fewest pages have.
    const { terms: having, titleterms: titled } = Search._index;
    const number = (word) => [having[word], titled[word]].flat().filter((page) => page !== undefined).length;
    const rarest = [...terms].sort((a, b) => number(a) - number(b));
    const [made, list] = [element("section"), element("ul", "", "results")];
    for (const [name, title, anchor] of pages) {
      const to = `${name}.html${anchor}`;
      const row = interopItem({ to, title: title.replace(/<[^>]*>/g, "") });
      list.append(row);
      if (FOLDER) continue;
      fetch(new URL(to, root))
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => row.append(...excerpt(textOf(html, anchor), rarest)))
        .catch(() => {});
    }
    const remark = "Without excerpts: from a folder on disk, browsers let a page read no other.";
    made.append(heading("Text of pages", every.length > TEXTS ? `${TEXTS} of ${every.length}` : every.length), ...(FOLDER ? [element("p", remark, "quiet")] : []), list);
    return [Object.assign(made, { number: every.length })];
  };

  /* For few results: words that alone find more, all lists, and what else can be searched for. */
  const alsoTry = (query, things) => {
    const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}_.:-]{3,}/gu) || [])];
    const found = (words.length > 1 ? words : []).flatMap((word) => {
      const number = globalThis.interopFind.find(word).results.filter(({ kind }) => kind !== "filter").length;
      return number > things ? [{ to: asked(word), title: word, detail: plural(number, "result") }] : [];
    });
    const [made, list] = [element("section"), element("ul", "", "results")];
    list.append(...[...found, ...LISTS.map(([to, title, detail]) => ({ to, title, detail }))].map(interopItem));
    made.append(element("h2", "Also try"), list);
    return made;
  };

  /* Without a query: what can be searched for, and all filters. */
  const showHelp = () => {
    const examples = element("ul", "", "results");
    for (const [query, about] of EXAMPLES) examples.append(interopItem({ to: asked(query), title: query, detail: about }));
    const filters = element("ul", "", "results");
    for (const [query, about] of globalThis.interopFind.help) filters.append(interopItem({ to: asked(query), title: query, detail: about }));
    const several = element("p", "Filters can be combined with each other and with words; several values are given with commas: ");
    several.append(interopItem({ to: asked(COMBINED), title: COMBINED }).firstChild, ".");
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
    if (things + (texts[0]?.number || 0) < FEW) out.append(alsoTry(query, things));
    document.title = `${query} - ${document.title}`;
  };
  if (!new URLSearchParams(location.search).get("q")?.trim()) showHelp();
})();
