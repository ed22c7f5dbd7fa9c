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

/* Finds rows of a long table by any of their words; without JavaScript the form stays hidden and the table whole. */
(() => {
  for (const form of document.querySelectorAll("form[data-finds]")) {
    const rows = [...document.getElementById(form.dataset.finds).tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const [input, said] = [form.querySelector("input"), form.querySelector("output")];
    const find = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += !row.hidden;
      });
      said.textContent = words.length ? `${shown} of ${rows.length}` : "";
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", find);
    form.hidden = false;
    if (input.value) find();
  }
})();
