/* What the forms of the page share: elements, whose every text is put into the page as text, and files. */
(() => {
  const { BadResults } = globalThis.interopCheck;
  const { dataset } = document.querySelector("form.check.run");

  const element = (tag, content = "", className = "") =>
    Object.assign(document.createElement(tag), { textContent: content, className });
  const inside = (tag, ...children) => {
    const made = element(tag);
    made.append(...children);
    return made;
  };
  /* The parts of a name or a line of a list, with a possible break after each. */
  const parts = (text) => text.split(/(?<=[._[\],-])(?=[a-z_])/i).flatMap((part, at) => (at ? [element("wbr"), part] : [part]));
  /* A link to the page of something, by the pattern of the URLs of its kind. */
  const link = (kind, name, text = name) => {
    const made = inside("a", ...parts(text));
    made.href = dataset[kind].replace("*", name);
    return made;
  };
  const button = (text, action) => {
    const made = Object.assign(element("button", text), { type: "button" });
    made.addEventListener("click", action);
    return made;
  };
  const heading = (level, text, number) => {
    const made = element(level, text);
    if (number !== undefined) made.append(" ", element("small", `(${number})`));
    return made;
  };

  /* A table: the name, the titles of its columns, and rows of texts, numbers and elements; the first cell is a heading. */
  const table = (name, titles, rows) => {
    const made = element("table", "", "data stacked");
    made.append(element("caption", name, "vh"));
    const head = titles.map(([title, isNumber]) => Object.assign(element("th", title, isNumber ? "num" : ""), { scope: "col" }));
    made.append(inside("thead", inside("tr", ...head)));
    const body = rows.map((cells) =>
      inside("tr", ...cells.map((cell, at) => {
        const [title, isNumber] = titles[at];
        const made = element(at ? "td" : "th", "", isNumber ? "num" : cell === "" ? "empty" : "");
        if (!at) made.scope = "row";
        if (isNumber || (at && !(cell instanceof HTMLButtonElement))) made.dataset.label = title; // Phones show rows as blocks.
        made.append(...(cell instanceof Node ? [cell] : parts(String(cell))));
        return made;
      })));
    made.append(inside("tbody", ...body));
    const scrolls = Object.assign(element("div", "", "scroll"), { tabIndex: 0 });
    scrolls.setAttribute("role", "region");
    scrolls.setAttribute("aria-label", name);
    scrolls.append(made);
    return scrolls;
  };

  /* A function that shows what happened, and lines of what is wrong; screen readers say both. */
  const teller = (said, out) => (message, lines = []) => {
    said.textContent = message;
    said.className = "";
    const faults = inside("div", ...lines.map((line) => element("p", line, "fault")));
    faults.setAttribute("role", "alert");
    out.hidden = !lines.length;
    out.replaceChildren(...(lines.length ? [faults] : []));
  };

  /* Gives a file to save; nothing is sent. */
  const save = (name, type, text) => {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const made = Object.assign(element("a"), { href: url, download: name });
    document.body.append(made);
    made.click();
    made.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  /* Loads a script of the site once. */
  const loaded = new Map();
  const load = (src) => {
    if (!loaded.has(src)) {
      const done = new Promise((resolve, reject) => {
        const failed = () => reject(new BadResults("unreadable", `${src} cannot be loaded`));
        document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: failed }));
      });
      loaded.set(src, done);
      done.catch(() => loaded.delete(src));
    }
    return loaded.get(src);
  };

  Object.assign(globalThis.interopCheck, { button, element, heading, inside, link, load, parts, save, table, teller });
})();
