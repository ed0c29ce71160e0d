// Keeps a reviewer's draft every two seconds while one writes, and on leaving. Without it "Save draft" does the same.
(() => {
  const form = document.querySelector("[data-review]");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const pause = 2000;
  const retry = 5000;
  let timer = 0;
  let saving = false;
  let dirty = false;
  let stopped = false;

  const send = (options) =>
    fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrf },
      ...options,
    });

  // Someone who types without a pause is saved every two seconds too.
  const schedule = (wait) => {
    if (!timer) timer = setTimeout(save, wait);
  };

  const told = async (answer) => {
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
    const body = await answer.json();
    if (answer.ok) {
      const time = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
      if (!dirty) state.textContent = `${state.dataset.saved} ${time}`;
    } else {
      stopped = answer.status !== 400; // too long may be mended; anything else ends the draft
      state.textContent = body.error;
    }
  };

  const save = async () => {
    timer = 0;
    if (saving || !dirty || stopped) return;
    saving = true;
    dirty = false;
    try {
      await told(await send({}));
    } catch {
      dirty = true;
      state.textContent = state.dataset.trouble;
    }
    saving = false;
    if (dirty && !stopped) schedule(state.textContent === state.dataset.trouble ? retry : pause);
  };

  form.addEventListener("input", () => {
    dirty = true;
    if (!stopped) state.textContent = state.dataset.unsaved;
    schedule(pause);
  });
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => {
    stopped = false;
  });
  addEventListener("pagehide", () => {
    if (dirty && !stopped) send({ keepalive: true });
  });
})();
