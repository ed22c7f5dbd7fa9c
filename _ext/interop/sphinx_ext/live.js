/* Reloads a page of `make live` after a build, at the place where it was, and shows the errors of one that failed. */
(() => {
  const { version } = document.currentScript.dataset;
  const box = document.querySelector(".live-errors");
  const KEPT = "interop-live";
  const page = () => location.pathname + location.search + location.hash;

  /* The <details> of the page by the nearest id above and their number there: others may come before them. */
  const folded = () => {
    const seen = new Map();
    return [...document.querySelectorAll("details")].map((details) => {
      const id = details.closest("[id]")?.id ?? "";
      seen.set(id, (seen.get(id) ?? 0) + 1);
      return [`${id} ${seen.get(id)}`, details];
    });
  };

  const top = (element) => element.getBoundingClientRect().top;

  /* The element with an id that is nearest to the top of the window: the page above it may become longer. Contents in a
     column of their own do not scroll. */
  const nearest = () => {
    const shown = [...document.querySelectorAll("article [id]:not(nav *)")].filter((element) => element.checkVisibility());
    const far = (element) => Math.abs(top(element));
    return shown.reduce((best, element) => (best && far(best) <= far(element) ? best : element), null);
  };

  const reload = () => {
    const place = scrollY > 0 ? nearest() : null;
    const open = folded().filter(([, details]) => details.open).map(([name]) => name);
    const kept = { page: page(), open, x: scrollX, y: scrollY, id: place?.id ?? "", top: place ? top(place) : 0 };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
    history.scrollRestoration = "manual";
    location.reload();
  };

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.page !== page()) return;
    const open = new Set(kept.open);
    for (const [name, details] of folded()) details.open = open.has(name);
    const scroll = () => {
      const place = document.getElementById(kept.id);
      scrollTo({ left: kept.x, top: place ? scrollY + top(place) - kept.top : kept.y, behavior: "instant" });
    };
    scroll();
    requestAnimationFrame(scroll); // What was not drawn before had an estimated height.
    history.scrollRestoration = "auto";
  };

  const tell = ({ data }) => {
    const now = JSON.parse(data);
    if (now.version !== version) return reload();
    box.querySelector("pre").textContent = now.errors;
    box.hidden = !now.errors;
  };

  /* Only while the page is in sight: a browser has six connections to a server, for all tabs. */
  let source = null;
  const follow = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/_live/events");
      source.addEventListener("message", tell);
    }
  };

  addEventListener("load", () => {
    restore();
    follow();
    document.addEventListener("visibilitychange", follow);
  });
})();
