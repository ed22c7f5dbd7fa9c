/* The 404 page opens what a short URL means, such as t/id-<uuid>, or shows what is like the last part of the URL. */
(() => {
  const form = document.querySelector("form[data-missing]");
  const root = new URL(".", document.querySelector(".sidebar-search-container").action);
  const path = decodeURIComponent(location.pathname).replace(/(\/index)?(\.html?|\.json)?\/?$/, "");
  const [, letter, short] = /\/([gtc])\/(.+)$/.exec(path) || [];
  const name = short || /[^/]*$/.exec(path)[0];
  // What a short URL means if its name has several meanings.
  const MEANT = { g: ["guideline", "comparison", "program", "release"], c: ["capability"], t: ["test"] };
  if (!form || !name || name === "404") return;
  interopFinder().then(() => {
    const { certain } = globalThis.interopFind.find(name);
    const meant = certain.length > 1 ? certain.filter(({ kind }) => MEANT[letter]?.includes(kind)) : certain;
    // Of comparisons of several programs, the first is that of Powered.
    if (short && (meant.length === 1 || meant[0]?.kind === "comparison")) return location.replace(new URL(meant[0].to, root));
    const input = form.querySelector("input");
    input.value = name;
    return input.focus();
  });
})();
