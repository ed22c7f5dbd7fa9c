/* The filters of a matrix, which are kept in the URL. Without JavaScript the form is hidden and everything is shown. */
(() => {
  const form = document.querySelector("form.matrix-filters");
  if (!form) return;
  const table = document.querySelector("table.matrix");
  const scroller = table.parentElement;
  /* The parameters of the URL, in canonical order. Those with the default value, an empty text, are left out. */
  const NAMES = ["q", "status", "guideline", "project", "component", "admin", "flagged", "changed", "order", "older"];
  const VIEW = ["order", "older"]; // These select no rows.
  const control = (name) => form.elements.namedItem(name);
  const options = (name) => [...(control(name)?.options || [])].map((option) => option.value).filter(Boolean);
  const one = (selector) => form.querySelector(selector);

  const heads = [...table.tHead.rows[0].cells].slice(1, -1);
  const apart = heads.filter((head) => head.classList.contains("apart"));
  const series = heads.filter((head) => !apart.includes(head));
  /* Ids in the order of comparisons: the oldest first, then a draft that is older than a dated guideline. */
  const family = [...series.toReversed(), ...apart].map((head) => head.dataset.id);
  const partial = new Set(heads.filter((head) => "partial" in head.dataset).map((head) => head.dataset.id));

  /* Each row: its text, and for each guideline its cell with the links, of which each has a status. */
  const read = (row) => {
    const body = row.parentElement;
    const cells = new Map(heads.map((head, at) => [head.dataset.id, row.cells[at + 1]]));
    const links = new Map();
    for (const [id, cell] of cells)
      links.set(id, [...cell.querySelectorAll("a")].map((a) => ({
        a,
        status: a.dataset.status,
        components: (a.dataset.in ?? row.dataset.in).split(" "),
        flagged: a.classList.contains("flagged"),
      })));
    const text = `${row.cells[0].textContent} ${body.rows[0].textContent}`.toLowerCase();
    const known = row.cells[0].querySelector("a").getAttribute("href").includes("capabilities/");
    return { row, body, cells, links, text, known, older: body.classList.contains("older") };
  };
  const rows = [...table.querySelectorAll("tr[id]")].map(read);
  const total = { capabilities: rows.filter((item) => item.known).length, groups: rows.filter((item) => !item.known).length };

  let [state, order] = [{}, ""];
  /* The seldom used filters are folded, with the number of those that are set; on phones all but the text are. */
  const [often, seldom, folder] = [one(".fields"), one("details .fields"), one("details")];
  const moved = [...often.children].slice(1);
  const wide = matchMedia("(min-width: 46em)");
  const number = () => (state.component ? String(options("component").indexOf(state.component)) : "");
  const filtered = () => NAMES.some((name) => state[name] && !VIEW.includes(name));
  const folded = (item) => item.older && !state.older && !filtered();
  const counts = ({ status, components }, component) => !component || status === "none" || components.includes(component);
  const held = (item, id) => item.links.get(id).filter((link) => counts(link, number()));
  const listed = (link) => link.status !== "none";

  /* The statuses of a cell as a text, or null if they are not known. */
  const statuses = (item, id) => {
    const found = held(item, id).filter(listed);
    if (found.some((link) => link.status === "unknown") || (partial.has(id) && !found.length)) return null;
    return found.map((link) => (state.component ? link.status : `${link.status} ${link.components}`)).join();
  };
  const changed = (item) => {
    const [a, b] = state.changed.split("..").map((id) => statuses(item, id));
    return a !== null && b !== null && a !== b;
  };
  const matches = (item) => {
    if (!(state.q || "").toLowerCase().split(/\s+/).every((word) => item.text.includes(word))) return false;
    if (state.project && item.body.dataset.project !== state.project) return false;
    if (state.component && !item.row.dataset.in.split(" ").includes(number())) return false;
    if (state.admin && (item.row.dataset.admin ?? "no") !== state.admin) return false;
    let places = state.guideline ? [state.guideline] : family;
    if (state.status || state.guideline) {
      const fits = (link) => (state.status ? link.status === state.status : listed(link));
      places = places.filter((id) => held(item, id).some(fits));
      if (!places.length) return false;
    }
    const flagged = places.some((id) => held(item, id).some((link) => link.flagged));
    if (state.flagged && flagged !== (state.flagged === "yes")) return false;
    return !state.changed || changed(item);
  };

  /* Shows in each cell the status for the chosen component, or else the strongest. */
  let component = ""; // The one that is shown.
  const showComponent = () => {
    if (component === number()) return;
    component = number();
    for (const { row, links, cells } of rows) {
      for (const [id, found] of links) {
        if (!found.length) continue;
        found.forEach((link, at) => (link.a.hidden = component ? !counts(link, component) : at > 0));
        const empty = found.every(({ a }) => a.hidden);
        const cell = cells.get(id);
        cell.classList.toggle("no", empty);
        cell.querySelector("span")?.remove();
        const text = partial.has(id) ? "not known" : "not listed";
        if (empty) cell.append(Object.assign(document.createElement("span"), { textContent: text }));
      }
      for (const runs of row.querySelectorAll(".runs [data-in]"))
        runs.hidden = component && !runs.dataset.in.split(" ").includes(component);
    }
    table.classList.toggle("of-one", Boolean(component));
  };
  const showOrder = () => {
    if (order === state.order) return;
    order = state.order;
    const sorted = [...(order ? series.toReversed() : series), ...apart].map((head) => head.dataset.id);
    const byId = new Map(heads.map((head) => [head.dataset.id, head]));
    for (const [row, cells] of [[table.tHead.rows[0], byId], ...rows.map((item) => [item.row, item.cells])])
      row.lastElementChild.before(...sorted.map((id) => cells.get(id)));
  };

  /* A button folds the capabilities that no recent guideline has. */
  const fold = table.querySelector("tbody.fold");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  if (fold) {
    const label = fold.querySelector("span");
    button.append(...label.childNodes);
    label.append(button);
    button.addEventListener("click", () => change({ older: state.older ? "" : "shown" }));
  }

  const tell = (shown) => {
    const capabilities = shown.filter((item) => item.known).length;
    const hidden = rows.filter(folded).length;
    const groups = shown.length - capabilities;
    let text = `Showing ${capabilities} of ${total.capabilities} ${total.capabilities === 1 ? "capability" : "capabilities"}`;
    if (total.groups)
      text += ` and ${groups === total.groups ? "" : `${groups} of `}${total.groups} ${total.groups === 1 ? "group" : "groups"} of tests without a known capability`;
    text += `.${hidden ? ` ${hidden} from older guidelines are folded.` : ""}`;
    one(".shown").classList.toggle("nothing", !shown.length);
    one("output").textContent = shown.length ? text : "No capability matches these filters.";
    scroller.hidden = !shown.length;
  };
  const show = () => {
    showComponent();
    showOrder();
    const every = !filtered(); // As it is when the page is opened, which is then fast.
    for (const item of rows) item.row.hidden = !every && !matches(item);
    for (const body of table.tBodies) {
      const own = rows.filter((item) => item.body === body);
      body.hidden = body === fold ? !rows.some((item) => item.older && !item.row.hidden) : own.every((item) => item.row.hidden);
    }
    table.classList.toggle("folded", rows.some(folded));
    button.setAttribute("aria-expanded", String(!rows.some(folded)));
    button.disabled = filtered();
    one(".clear").hidden = !filtered();
    form.classList.toggle("filtered", filtered());
    const active = NAMES.filter((name) => state[name] && inFolder(name)).length;
    one(".active").textContent = active ? `(${active} active)` : "";
    const compare = one(".compare");
    compare.hidden = !state.changed;
    compare.textContent = `Compare ${state.changed.replace("..", " and ")}`;
    if (state.changed) compare.href = new URL(`${state.changed}.html`, compare.href).href;
    tell(visible());
  };
  const inFolder = (name) => folder.contains(control(name === "changed" ? "from" : name));
  const place = () => (wide.matches ? often.append(...moved) : seldom.prepend(...moved));
  const visible = () => rows.filter((item) => !item.row.hidden && !folded(item));

  /* From a text such as 2018.02..2020.06, in either order, the canonical one; null if it is no pair. */
  const pair = (text) => {
    const found = text.split("..");
    if (found.length !== 2 || found[0] === found[1] || !found.every((id) => family.includes(id))) return null;
    return family.filter((id) => found.includes(id)).join("..");
  };
  const complain = (parts) => {
    one(".unknown").replaceChildren(...parts);
    one(".unknown").hidden = !parts.length;
  };
  /* What is wrong with a value: of a known guideline that is not archived, its page. */
  const refusal = (name, given) => {
    const missing = [...form.querySelectorAll(".missing")].find((link) => given.split("..").includes(link.dataset.id));
    if (!missing || !["guideline", "changed"].includes(name)) return [`The filter “${name}” has no value “${given}”; it is ignored. `];
    const link = missing.cloneNode(true);
    link.hidden = false;
    return ["Guideline ", link, " is not archived: its capabilities and tests are not known. The filter is ignored. "];
  };
  const value = (name, given) => {
    if (name === "q") return given.trim();
    if (name === "changed") return pair(given);
    return (name === "older" ? ["shown"] : options(name)).includes(given) ? given : null;
  };
  const fromAddress = () => {
    const wrong = [];
    state = Object.fromEntries(NAMES.map((name) => [name, ""]));
    for (const [name, given] of new URLSearchParams(location.search)) {
      if (!NAMES.includes(name)) wrong.push(`There is no filter “${name}”. The filters are: ${NAMES.join(", ")}. `);
      else if (given && value(name, given) === null) wrong.push(...refusal(name, given));
      else state[name] = given && value(name, given);
    }
    complain(wrong);
    for (const name of NAMES) if (control(name)) control(name).value = state[name];
    const [from, to] = state.changed.split("..");
    [control("from").value, control("to").value] = [from, to || ""];
    if (wide.matches && NAMES.some((name) => state[name] && inFolder(name))) folder.open = true;
    show();
  };
  const query = () => {
    const given = NAMES.filter((name) => state[name]).map((name) => [name, state[name]]);
    return given.length ? `?${new URLSearchParams(given)}` : "";
  };
  /* Each change is a step of the history, but the typing of one text is one step. */
  let typing = false;
  const change = (changes, typed = false) => {
    Object.assign(state, changes);
    complain([]);
    if (query() !== location.search)
      history[typed && typing ? "replaceState" : "pushState"](null, "", `${location.pathname}${query()}`);
    typing = typed;
    show();
  };
  control("q").addEventListener("input", ({ target }) => change({ q: value("q", target.value) }, true));
  form.addEventListener("change", ({ target }) => {
    if (target.name === "q") return;
    if (target.name !== "from" && target.name !== "to") return change({ [target.name]: target.value });
    const [from, to] = [control("from").value, control("to").value];
    const found = pair(`${from}..${to}`);
    if (found) [control("from").value, control("to").value] = found.split("..");
    change({ changed: found || "" });
    if (from && from === to) complain(["Select two different guidelines."]);
    if (found && found !== `${from}..${to}`) complain(["The two guidelines were put in order, the older one first."]);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!wide.matches) folder.open = false; // The list is below.
  });
  one(".clear").addEventListener("click", () => {
    for (const name of [...NAMES, "from", "to"]) if (control(name) && !VIEW.includes(name)) control(name).value = "";
    change(Object.fromEntries(NAMES.filter((name) => !VIEW.includes(name)).map((name) => [name, ""])));
    control("q").focus();
  });
  addEventListener("popstate", fromAddress);

  /* CSV for spreadsheets: with a byte order mark, and no cell that begins like a formula. */
  const csv = (cells) => {
    const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
    return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join()}\r\n`;
  };
  const words = (cell) => {
    const link = cell.querySelector("a:not([hidden])");
    if (!link) return cell.textContent.trim();
    const [, status, more] = /^(.*) in \S+?((?:, with flagged tests)?(?:, not defined there)?)$/s.exec(link.textContent.trim());
    return (state.component && link.dataset.status !== "none" ? link.dataset.status : status) + more;
  };
  one(".csv").addEventListener("click", () => {
    const ids = [...table.tHead.rows[0].cells].slice(1, -1).map((head) => head.dataset.id);
    const head = ["capability", "project", ...ids.map((id) => (partial.has(id) ? `${id} (reconstructed)` : id))];
    const lines = visible().map(({ row, body, cells, known }) => {
      const name = row.cells[0].textContent.trim();
      return [known ? name : `not known: ${name}`, body.dataset.project, ...ids.map((id) => words(cells.get(id)))];
    });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", ...[head, ...lines].map(csv)], { type: "text/csv" }));
    link.download = `${["matrix", form.dataset.program, state.component].filter(Boolean).join("-")}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  /* The words of a letter, for the pointer. */
  table.addEventListener("mouseover", ({ target }) => {
    const at = target.closest("td a, td:not(:has(a))");
    if (at && !at.title) at.title = at.textContent.trim();
  });
  /* A link to a folded row unfolds it. Once the page has scrolled to the row, the head of the table is shown too. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const item = target && rows.find(({ row }) => row.contains(target));
    if (!item) return;
    if (folded(item)) {
      state.older = "shown";
      show();
    }
    if (scroller.scrollHeight > scroller.clientHeight)
      setTimeout(() => scroller.scrollIntoView({ behavior: "instant", block: "nearest" }));
  };
  /* A table that fits has no scroller of its own. */
  const fit = () => scroller.classList.toggle("whole", table.offsetWidth <= scroller.clientWidth);
  const observer = new ResizeObserver(fit);
  for (const box of [scroller, table]) observer.observe(box);
  fit();
  addEventListener("hashchange", reveal);
  place();
  wide.addEventListener("change", place);
  form.hidden = false;
  fromAddress();
  reveal();
})();
