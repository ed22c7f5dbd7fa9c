/* The search page: all things that the index of the box finds, kind by kind, and the text of pages written by hand. */
(() => {
  const out = document.getElementById("search-results");
  const root = document.querySelector(".sidebar-search-container").action;
  const SHOWN = 20; // Results of a kind before the button that shows all.
  const TEXTS = 10; // Pages found by their text: their excerpts are fetched.

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
    // A long name breaks after its parts.
    link.append(...title.split(/(?<=[._])(?=\w)/).flatMap((part, at) => (at ? [element("wbr"), part] : [part])));
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

  const showTexts = (query) => {
    const [, terms, excluded, highlighted, objects] = Search._parseQuery(query);
    if (!terms.size) return [];
    // Sphinx puts the best result last: name, title, anchor, description, score, file.
    const found = Search._performSearch(query, terms, excluded, highlighted, objects).reverse();
    const pages = [...new Map(found.map((one) => [one[0], one]).reverse()).values()].reverse().slice(0, TEXTS);
    if (!pages.length) return [];
    const [made, list] = [element("section"), element("ul", "", "results")];
    for (const [name, title, anchor] of pages) {
      const to = `${name}.html${anchor}`;
      const row = item({ to, title: title.replace(/<[^>]*>/g, "") });
      list.append(row);
      // From a folder on disk, no page can be read: the titles do.
      fetch(new URL(to, root))
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => html && row.append(Search.makeSearchSummary(html, terms, anchor) || ""))
        .catch(() => {});
    }
    const number = new Set(found.map(([name]) => name)).size;
    made.append(heading("Text of pages", number > TEXTS ? `${TEXTS} of ${number}` : number), list);
    return [made];
  };

  /* Sphinx calls this with the query in the URL. */
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
    const number = element("p", `${plural(results.length, "result")} for “${query}”.`, "quiet");
    number.setAttribute("role", "status");
    out.replaceChildren(number, ...(told.textContent ? [told] : []), ...kinds.map(([text, found]) => group(text, found)), ...texts);
    document.title = `${query} - ${document.title}`;
  };
})();
