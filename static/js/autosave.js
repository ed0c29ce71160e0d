// Saves a draft every two seconds while one writes, and on leaving; counts words. Without it the
// Save button does both.
(() => {
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  const trouble = form.querySelector("[data-save-trouble]");
  const counter = form.querySelector("[data-word-count]");
  const texts = [...form.querySelectorAll("[data-words]")];
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const seen = form.querySelector("[name=seen]");
  let timer = 0;
  let saving = false;
  let dirty = false;
  let stopped = false;
  let writing = texts[0].closest(".field");

  const count = () => {
    // as the portal counts: a dash or a bullet that stands alone is no word
    const wordsIn = (text) => text.split(/\s+/).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
    const words = texts.reduce((sum, area) => sum + wordsIn(area.value), 0);
    counter.querySelector("[data-words-now]").textContent = words;
    const low = Number(counter.dataset.min || 0);
    const high = Number(counter.dataset.max || Infinity);
    counter.classList.toggle("is-out-of-range", words < low || words > high);
  };

  // After signing in again in another tab the cookie holds the token that counts now.
  const freshen = () => {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (cookie) token.value = cookie[1];
    return new FormData(form);
  };

  // The sentence stands below the answer being written, where it is seen at every width and covers
  // nothing; said once, however often a save is tried.
  const warn = (words) => {
    const place = trouble.querySelector("[data-save-trouble-words]");
    state.textContent = stopped ? state.dataset.stoppedText : state.dataset.unsavedText;
    if (!trouble.hidden && place.textContent === words && writing.nextElementSibling === trouble) return;
    writing.after(trouble);
    trouble.hidden = false;
    place.textContent = words;
    trouble.scrollIntoView({ block: "nearest" });
  };

  const said = (body) => {
    seen.value = body.seen;
    trouble.hidden = true;
    if (!dirty) state.textContent = `${state.dataset.savedText} ${body.saved}`;
  };

  const save = async () => {
    timer = 0;
    if (saving || !dirty || stopped) return;
    saving = true;
    dirty = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: freshen(),
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.status === 403 || answer.redirected) {
        dirty = true;
        warn(state.dataset.signedOutText);
        saving = false;
        timer = setTimeout(save, 5000);
        return;
      }
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
      const body = await answer.json();
      if (answer.ok) {
        said(body);
      } else {
        stopped = answer.status === 409; // another window saved: never overwrite, say so instead
        warn(body.error);
      }
    } catch {
      dirty = true;
      warn(state.dataset.troubleText);
      timer = setTimeout(save, 5000);
    }
    saving = false;
    if (dirty && !stopped) schedule();
  };

  // Someone who types without a pause is saved every two seconds too.
  const schedule = () => {
    if (!timer) timer = setTimeout(save, 2000);
  };

  form.addEventListener("input", (event) => {
    writing = event.target.closest(".field");
    dirty = true;
    count();
    if (stopped) {
      warn(trouble.querySelector("[data-save-trouble-words]").textContent);
      return;
    }
    state.textContent = state.dataset.unsavedText;
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
      body: freshen(),
      headers: { "X-Requested-With": "fetch" },
      keepalive: true,
    });
  });
  count();
})();
