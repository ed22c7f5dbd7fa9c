/* Opens the comparison of two guidelines, the older one first. Without JavaScript there is only the table of all. */
(() => {
  for (const form of document.querySelectorAll("form.choose-two")) {
    const chosen = () =>
      [...form.querySelectorAll("select")]
        .map((select) => select.selectedOptions[0])
        .sort((a, b) => a.dataset.place - b.dataset.place)
        .map((option) => option.value);
    const said = form.querySelector("output");
    const inOrder = () => {
      const [from, to] = [...form.querySelectorAll("select")].map((select) => select.value);
      const [older, newer] = chosen();
      said.textContent = from === older || from === to ? "" : `In order, the older one first: ${older} to ${newer}.`;
    };
    form.addEventListener("change", inOrder);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [older, newer] = chosen();
      if (older === newer) said.textContent = "Select two different guidelines.";
      else location.assign(new URL(`${older}..${newer}.html`, new URL(form.dataset.to, location.href)));
    });
    form.hidden = false;
  }
})();
