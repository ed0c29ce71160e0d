// Saves a draft a moment after typing stops, and counts words. Without it the Save button does both.
(() => {
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  const counter = form.querySelector("[data-word-count]");
  const texts = [...form.querySelectorAll("[data-words]")];
  const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const seen = form.querySelector("[name=seen]");
  let timer = 0;
  let saving = false;
  let dirty = false;
  let stopped = false;

  const count = () => {
    const words = texts.reduce((sum, area) => sum + (area.value.match(/\S+/g) || []).length, 0);
    counter.querySelector("[data-words-now]").textContent = words;
    const low = Number(counter.dataset.min || 0);
    const high = Number(counter.dataset.max || Infinity);
    counter.classList.toggle("is-out-of-range", words < low || words > high);
  };

  const save = async () => {
    if (saving || !dirty || stopped) return;
    saving = true;
    dirty = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrf },
      });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
      const body = await answer.json();
      if (answer.ok) {
        seen.value = body.seen;
        if (!dirty) state.textContent = `${state.dataset.savedText} ${body.saved}`;
      } else {
        stopped = true; // another window saved: never overwrite, say so instead
        state.textContent = body.error;
      }
    } catch {
      dirty = true;
      state.textContent = state.dataset.troubleText;
      timer = setTimeout(save, 5000);
    }
    saving = false;
    if (dirty && !stopped) schedule();
  };

  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  };

  form.addEventListener("input", () => {
    dirty = true;
    state.textContent = state.dataset.unsavedText;
    count();
    schedule();
  });
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  addEventListener("pagehide", () => {
    if (!dirty || stopped) return;
    fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrf },
      keepalive: true,
    });
  });
  count();
})();
