/* Opens what a link points into: the tests of a capability stand in a closed <details>. */
(() => {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", open);
  open();
})();
