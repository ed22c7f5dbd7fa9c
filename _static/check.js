/* The form that checks a run: files are read here, and nothing is sent. */
(() => {
  const { BadResults, Run, all: showAll, answer, element, headline, load, one: showOne, read, teller, verdict } = globalThis.interopCheck;
  const form = document.querySelector("form.check.run");
  const [files, text, said] = [form.querySelector("input"), form.querySelector("textarea"), form.querySelector("[role=status]")];
  const { guideline, target } = form.elements;
  const out = document.getElementById("check-result");
  // The oldest first; the list that is shown begins with the newest.
  const every = [...guideline.querySelectorAll("option[data-targets]")].reverse().map((option) => ({
    key: option.value,
    targets: option.dataset.targets.split(" "),
    dated: "dated" in option.dataset,
  }));
  const progress = form.querySelector("progress");
  const LARGE = 1 << 24; // From so many bytes on, progress is shown.
  let run = null;

  const loadAll = () => {
    const program = guideline.value.split("/")[0];
    const needed = every.filter(({ key }) => key.split("/")[0] === program || !program);
    return Promise.all(needed.map(({ key }) => load(form.dataset.guidelines.replace("*", key))));
  };

  const fill = () => {
    const found = every.find(({ key }) => key === guideline.value)?.targets || [];
    const before = target.value;
    target.replaceChildren(...(found.length ? found : ["all"]).map((name) => Object.assign(element("option", name), { value: name })));
    target.disabled = !found.length;
    if (found.includes(before)) target.value = before;
  };

  const tell = teller(said, out);

  /* Shows the answer on the run for what is chosen. */
  const show = async (focus) => {
    if (!run) return;
    const given = run;
    await loadAll();
    if (given !== run) return;
    let shown;
    if (guideline.value) {
      const found = answer(run, guideline.value, target.value, every);
      if (!found.given.told) {
        const what = `${guideline.value} ${target.value}`;
        tell("No verdict.", [`No result of a required test among ${run.number} results: that is no run of ${what}.`]);
        return;
      }
      shown = showOne(found, choose);
      said.textContent = headline(found.given);
    } else {
      const verdicts = [...every].reverse().flatMap(({ key, targets }) => targets.map((name) => verdict(run, key, name)));
      if (!verdicts.some(({ told }) => told)) {
        tell("No verdict.", [`No result of a required test of any guideline among ${run.number} results.`]);
        return;
      }
      shown = showAll(verdicts, run, choose);
      said.textContent = shown[0].textContent;
    }
    out.replaceChildren(...run.read.map((line) => element("p", line, "quiet small")), ...shown);
    out.hidden = false;
    said.className = "vh"; // The heading below has the same text.
    if (focus) shown[0].focus();
  };
  const choose = (key, name) => {
    guideline.value = key;
    fill();
    target.value = name;
    guarded(show(true));
  };

  const fault = (name, error) => {
    if (error instanceof DOMException) return fault(name, new BadResults("unreadable", error.message, "a file, not a folder"));
    if (!(error instanceof BadResults)) throw error;
    const { code, line, hint } = error;
    return `${name}, line ${line}: ${code}: ${error.message}${hint && `; ${hint}`}`;
  };
  /* Reads files, which are one run, and shows the answer. */
  const check = async (given, focus) => {
    const mine = (run = new Run());
    mine.read = [];
    tell("Reading …");
    await Promise.all([load(form.dataset.all), new Promise((resolve) => setTimeout(resolve))]);
    const [faults, size] = [[], given.reduce((sum, file) => sum + file.size, 0)];
    progress.max = size || 1;
    let before = 0;
    for (const file of given) {
      const goOn = (at) => {
        progress.value = before + at;
        progress.hidden = size < LARGE;
        return mine === run; // Other files were chosen since.
      };
      try {
        const kind = await read(file, mine.add.bind(mine), goOn);
        mine.forms.push(kind);
        mine.read.push(`${file.name}: read as ${kind}`);
      } catch (error) {
        faults.push(fault(file.name, error));
      }
      if (mine !== run) return;
      before += file.size;
    }
    progress.hidden = true;
    if (faults.length) {
      run = null;
      tell("The results cannot be read.", faults);
    } else await show(focus);
  };
  const guarded = (task) => task.catch((error) => tell("No verdict.", [error.message]));
  const checkFiles = (list, focus) => {
    if (list.length) guarded(check([...list], focus));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim()) checkFiles([new File([text.value], "The text")], true);
    else if (files.files.length) checkFiles(files.files, true);
    else {
      run = null;
      tell("Choose files or paste text first.");
    }
  });
  files.addEventListener("change", () => {
    text.value = "";
    checkFiles(files.files, false);
  });
  // What is there is what is checked: a file or a text.
  text.addEventListener("input", () => (files.value = ""));
  files.addEventListener("click", () => (files.value = "")); // The same file can be chosen again after a change.
  guideline.addEventListener("change", () => {
    fill();
    guarded(show(false));
  });
  target.addEventListener("change", () => guarded(show(false)));
  // A file that misses the form would be opened in place of the page.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files") || event.target.closest?.("form.lists")) return;
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop") {
        text.value = "";
        files.files = event.dataTransfer.files;
        checkFiles(files.files, true);
      }
    });
  }
  document.addEventListener("dragleave", () => form.classList.remove("over"));

  fill();
  form.hidden = false;
})();
