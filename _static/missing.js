/* The 404 page opens what a URL means, such as t/id-<uuid>, or lists what is like the last part of the URL. */
(() => {
  const form = document.querySelector("form[data-missing]");
  const root = new URL(".", document.querySelector(".sidebar-search-container").action);
  const path = decodeURIComponent(location.pathname).replace(/(\/index)?(\.html?|\.json)?\/?$/, "");
  const [, folder, short] = /\/([gtc]|guidelines|tests|capabilities|diff|compare|process)\/(.+)$/.exec(path) || [];
  const name = short || /[^/]*$/.exec(path)[0];
  // What a URL means if its name has several meanings.
  const MEANT = { g: ["guideline", "comparison", "program", "release"], c: ["capability", "comparison"], t: ["test"], d: ["comparison"], p: ["clause"] };
  const SHOWN = 10;
  if (!form || !name || name === "404") return;
  interopFinder().then(() => {
    const { certain, results, note, partial } = globalThis.interopFind.find(name);
    const meant = certain.length > 1 ? certain.filter(({ kind }) => MEANT[folder?.[0]]?.includes(kind)) : certain;
    // Of comparisons of several programs, the first is that of Powered.
    if (short && (meant.length === 1 || meant[0]?.kind === "comparison")) return location.replace(new URL(meant[0].to, root));
    form.querySelector("input").value = name;
    // Of an unrelated path, parts of words say nothing, and neither do some of its words.
    const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
    const hasWords = ({ title }) => words(name).every((word) => words(title).includes(word));
    const isMeant = (one) => short || (note && !partial) || certain.includes(one) || hasWords(one);
    const found = results.filter((one) => one.kind !== "filter" && isMeant(one)).slice(0, SHOWN);
    // A note on results that are not shown would be wrong.
    const NAMED = { g: "guideline", c: "capability", t: "test" };
    const unknown = short && folder !== "compare" && NAMED[folder[0]] ? `There is no ${NAMED[folder[0]]} “${name}”.` : "";
    const told = found.length ? note : (results.length ? "" : note) || unknown;
    if (!found.length && !told) return;
    const make = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });
    const [section, list] = [make("section", ""), make("ul", "", "results")];
    list.append(...found.map(interopItem));
    if (found.length) section.append(make("h2", `Similar to “${name}”`));
    section.append(...(told ? [make("p", told, "quiet")] : []), ...(found.length ? [list] : []));
    const all = { to: `search.html?q=${encodeURIComponent(name)}`, title: "All results" };
    if (results.length > SHOWN) section.append(interopItem(all).firstChild);
    form.closest("section").append(section);
  });
})();
