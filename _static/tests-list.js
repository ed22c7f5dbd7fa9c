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
  let unknown = "";
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
    const ignored = unknown && `Not known in this URL: ${unknown}. Filters are words of the query, such as project:nova.`;
    said.textContent = [ignored, ...(query ? told : [])].filter(Boolean).join(" ");
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
