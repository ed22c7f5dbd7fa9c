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
