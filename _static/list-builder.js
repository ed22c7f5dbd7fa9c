/* Builds the URL of a test list from the table of links below the form. Without JavaScript there is only the table. */
(() => {
  const form = document.querySelector(".list-builder");
  if (!form) return;
  const rows = [...form.parentElement.querySelectorAll("table.lists tbody tr")];
  const unique = (name) => [...new Set(rows.map((row) => row.dataset[name]))];
  const select = (name, label, values) =>
    `<label>${label} <select name="${name}">${values.map((v) => `<option value="${v}">${v.replaceAll("+", " + ")}</option>`).join("")}</select></label>`;
  form.innerHTML =
    select("target", "Target", unique("target")) +
    select("types", "Statuses", unique("types")) +
    '<label><input type="checkbox" name="alias" checked> aliases</label>' +
    '<label><input type="checkbox" name="flag"> flagged tests</label>' +
    '<output></output><div class="copy-as"><code data-as="curl command"></code></div><a download>Download</a>';
  const control = (name) => form.elements.namedItem(name);
  const [said, code, load] = [form.querySelector("output"), form.querySelector("code"), form.querySelector("a")];
  const show = () => {
    const chosen = `[data-target="${control("target").value}"][data-types="${control("types").value}"]`;
    const row = rows.find((candidate) => candidate.matches(chosen));
    const link = row?.querySelector(`a[data-alias="${control("alias").checked}"][data-flag="${control("flag").checked}"]`);
    said.textContent = link ? `${link.dataset.number} lines` : "no tests";
    code.parentElement.hidden = load.hidden = !link;
    if (!link) return;
    code.textContent = `curl -fsSO ${link.href}`;
    load.href = link.href;
    load.download = `${form.dataset.version}-${control("target").value}-${control("types").value}.txt`;
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.hidden = false;
  form.nextElementSibling.open = false;
  show();
})();
