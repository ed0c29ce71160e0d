// Keeps a reviewer's draft every two seconds while one writes, and on leaving. Without it "Save draft" does the same.
(() => {
  const form = document.querySelector("[data-review]");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const seen = form.querySelector("[name=seen]");
  const pause = 2000;
  const retry = 5000;
  let timer = 0;
  let saving = false;
  let dirty = false;
  let stopped = false;
  let failed = false;
  let handIn = null;

  // After signing in again in another tab the cookie holds the token that counts now.
  const freshen = () => {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (cookie) token.value = cookie[1];
    return new FormData(form);
  };

  const send = (options) =>
    fetch(form.action, {
      method: "POST",
      body: freshen(),
      headers: { "X-Requested-With": "fetch" },
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
      seen.value = body.seen;
      const time = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
      if (!dirty) state.textContent = `${state.dataset.saved} ${time}`;
    } else {
      failed = answer.status === 403; // signed out: tried again until someone signs in elsewhere
      dirty = dirty || failed;
      stopped = answer.status === 409; // another window saved, or the seat is gone: never overwrite
      state.textContent = body.error;
    }
  };

  const save = async () => {
    timer = 0;
    if (saving || !dirty || stopped) return;
    saving = true;
    dirty = false;
    failed = false;
    try {
      await told(await send({}));
    } catch {
      dirty = failed = true;
      state.textContent = state.dataset.trouble;
    }
    saving = false;
    if (handIn) form.requestSubmit(handIn);
    else if (dirty && !stopped) schedule(failed ? retry : pause);
  };

  form.addEventListener("input", () => {
    dirty = true;
    if (!stopped) state.textContent = state.dataset.unsaved;
    schedule(pause);
  });
  form.addEventListener("submit", (event) => {
    if (saving && !handIn) {
      event.preventDefault(); // so that this save knows of the one under way
      handIn = event.submitter;
      return;
    }
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
