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
  const newest = rows.map((row) => [...row.lastElementChild.childNodes]);
  const sign = (className, text) => Object.assign(document.createElement("span"), { className, title: text, textContent: text });
  /* The status of a test in the guideline that is asked for, like that in the newest, which the list has. */
  const status = ({ place, status: text, flagged }) => {
    const letter = sign("letter", text);
    letter.dataset.status = text === "status not known" ? "unknown" : text;
    const before = place.partial ? [sign("reconstructed-sign", "reconstructed")] : [];
    for (const one of before) one.replaceChildren(sign("vh", " reconstructed")); // The style draws a sign.
    const after = flagged ? [sign("flagged-sign", "flagged")] : [];
    return [place.official, ...before, " ", letter, " ", ...after];
  };
  const link = (to, text) => Object.assign(document.createElement("a"), { href: to, textContent: text });
  const list = (links) => links.flatMap((one, at) => (at ? [", ", one] : [one]));
  let unknown = "";
  const show = async () => {
    const query = input.value.trim();
    if (query) await interopFinder();
    if (query !== input.value.trim()) return;
    const nothing = { certain: [], results: [], common: [], note: "" };
    const { certain, results, common, note } = query ? globalThis.interopFind.find(query) : nothing;
    const root = document.querySelector(".sidebar-search-container").action;
    // Of an exact capability these are its own tests, whatever else mentions it.
    const [every, most] = [results, common].map((some) => some.filter(({ kind }) => kind === "test"));
    const own = every.filter(({ group }) => certain.some(({ kind, title }) => kind === "capability" && title === group));
    const tests = [own, every, most].find((some) => some.length) || [];
    const found = new Map(tests.map((one) => [name(new URL(one.to, root).href, one.title), one]));
    rows.forEach((row, at) => {
      row.hidden = Boolean(query) && !found.has(names[at]);
      const { standing } = found.get(names[at]) || {};
      row.lastElementChild.replaceChildren(...(standing?.place ? status(standing) : newest[at]));
    });
    const left = (of) => [...of.querySelectorAll("li")].filter((row) => !row.hidden).length;
    for (const project of projects) {
      for (const list of project.querySelectorAll("ul")) list.hidden = list.previousElementSibling.hidden = !left(list);
      const [shown, every] = [left(project), project.querySelectorAll("li").length];
      project.hidden = !shown;
      project.querySelector("[data-shown]").textContent = shown < every ? `${shown} of ` : "";
      if (query) project.open = shown > 0;
    }
    const shown = rows.filter((row) => !row.hidden).length;
    const ignored = unknown && `Not known in this URL: ${unknown}. Filters are words of the query, such as project:nova. `;
    said.replaceChildren(ignored || "");
    if (!query) return;
    const given = results.filter(({ kind }) => kind === "filter");
    const filters = given.map(({ title }) => link(`?q=${encodeURIComponent(title)}`, title));
    const others = shown ? [] : results.filter(({ kind }) => !["filter", "test"].includes(kind)).slice(0, 4);
    said.append(shown ? `Showing ${shown} of ${rows.length} tests. ` : "No test is found. ", note && `${note} `);
    if (filters.length) said.append(shown ? "As filters: " : "Try ", ...list(filters), ". ");
    if (others.length) said.append("See ", ...list(others.map(({ to, title }) => link(new URL(to, root).href, title))), ". ");
    if (!shown) said.append(link(`${root}?q=${encodeURIComponent(query)}`, `Search everything for “${query}”`), ".");
  };
  const read = () => {
    const given = new URLSearchParams(location.search);
    input.value = given.get("q") || "";
    unknown = [...given.keys()].filter((one) => one !== "q").join(", ");
    show();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const left = links.filter((_, at) => input.value && !rows[at].hidden);
    if (left.length === 1) left[0].click();
    else left[0]?.focus();
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
