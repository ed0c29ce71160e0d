// Sends files in pieces that may be broken off and taken up again (tus). Without it the plain form
// does the same work in one piece.
(() => {
  const PIECE = 5 * 1024 * 1024;
  const AT_ONCE = 2;
  const DELAYS = [0, 1000, 3000, 5000, 10000, 20000];
  const SILENCE_SECONDS = 45; // a line this quiet has gone dead with the laptop's lid
  const QUIET_SECONDS = 6; // long enough to say that nothing moves
  const AGAIN_SECONDS = 10;
  const TOLD = "handed-in";
  const MAY_GO_ON = [423, 507]; // busy, full: the same file can go on later
  if (!window.tus || !tus.isSupported) return;

  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const status = (error) => (error.originalResponse ? error.originalResponse.getStatus() : 0);
  const isPassing = (code) => !code || [409, 423, 460].includes(code) || (code >= 500 && code !== 507);
  const isBroken = (code) => !code || code >= 500;
  const path = (url) => new URL(url, location.href).pathname;

  const saying = (error) => error.causingError && error.causingError.words;

  const sentence = (answer, otherwise) => {
    const type = (answer && answer.getHeader("Content-Type")) || "";
    const body = answer ? answer.getBody() : "";
    if (type.startsWith("text/plain") && body) return body;
    try {
      return JSON.parse(body).error || otherwise;
    } catch {
      return otherwise;
    }
  };

  class Sending {
    constructor(box, file, url) {
      this.box = box;
      this.file = file;
      this.state = "queued";
      this.samples = [];
      this.told = 0;
      this.row = box.place.querySelector("template").content.cloneNode(true).firstElementChild;
      for (const name of this.row.querySelectorAll("[data-upload-name]")) name.textContent = file.name;
      this.bar = this.row.querySelector("progress");
      this.bar.setAttribute("aria-label", file.name);
      for (const act of ["pause", "resume", "cancel"]) {
        this.button(act).addEventListener("click", () => this[act]());
      }
      this.upload = new tus.Upload(file, this.options(url));
      box.list.append(this.row);
      this.show("queued");
    }

    options(url) {
      const bucket = "bucket" in this.box.place.dataset;
      return {
        endpoint: this.box.endpoint,
        uploadUrl: url,
        chunkSize: PIECE,
        retryDelays: DELAYS,
        removeFingerprintOnSuccess: true,
        metadata: this.box.metadata(this.file),
        headers: { "X-Requested-With": "fetch" },
        onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token()),
        onAfterResponse: (request, answer) => this.signedOut(answer),
        onShouldRetry: (error) => this.triesAgain(error),
        onProgress: (sent, size) => this.moved(sent, size),
        onSuccess: () => this.show("done"),
        onError: (error) => this.stopped(error),
        ...(bucket && { httpStack: new BucketStack(this.file.size, token) }),
      };
    }

    // Signed out is no reason for tus to begin the file anew: it stops here and can go on.
    signedOut(answer) {
      if (answer.getStatus() !== 403) return;
      const trouble = new Error("signed out");
      trouble.words = sentence(answer, this.text("Signedout"));
      throw trouble;
    }

    triesAgain(error) {
      const again = navigator.onLine && !saying(error) && isPassing(status(error));
      if (again && isBroken(status(error))) this.broke();
      return again;
    }

    // Said at once and once, while it is tried again and again.
    broke() {
      if (this.isBroken) return;
      this.isBroken = true;
      const words = this.text("Waiting", { percent: this.percent || 0 });
      this.line(words);
      this.box.say(`${this.file.name}: ${words}`);
    }

    button(act) {
      return this.row.querySelector(`[data-upload-${act}]`);
    }

    text(name, values = {}) {
      const words = this.box.place.dataset[`text${name}`] || "";
      return words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
    }

    start() {
      this.quiet();
      this.isBroken = false;
      this.samples = [];
      this.seen = Date.now();
      this.show("sending");
      this.upload.start();
    }

    pause() {
      this.upload.abort();
      this.show("paused");
      this.button("resume").focus();
    }

    resume() {
      this.show("queued");
      this.box.next();
      this.button("pause").focus();
    }

    async cancel() {
      this.show("canceled");
      await this.upload.abort(true).catch(() => {});
      this.row.remove();
      this.box.file.focus();
      this.box.next();
    }

    moved(sent, size) {
      this.seen = Date.now();
      this.isBroken = false;
      this.percent = size ? Math.floor((100 * sent) / size) : 0;
      this.samples.push([this.seen, sent]);
      this.samples = this.samples.filter(([at]) => at > this.seen - 10000);
      this.bar.value = this.percent;
      if (this.state === "sending") this.line(this.left(sent, size));
      const quarter = Math.floor(this.percent / 25);
      if (quarter > this.told) this.box.say(`${this.file.name}: ${this.percent} %`);
      this.told = Math.max(this.told, quarter);
    }

    left(sent, size) {
      const values = { percent: this.percent };
      const [[since, before]] = this.samples;
      const rate = (sent - before) / (this.seen - since || 1);
      if (sent === size) return this.text("Whole", values);
      if (!(rate > 0)) return this.text("Sending", values);
      const minutes = Math.ceil((size - sent) / rate / 60000);
      return this.text(minutes > 1 ? "Minutes" : "Soon", { ...values, minutes });
    }

    stopped(error) {
      const code = status(error);
      const words = saying(error);
      if (!words && isPassing(code) && code !== 423) return this.wait();
      const trouble = this.row.querySelector("[data-upload-trouble]");
      trouble.textContent = words || sentence(error.originalResponse, this.text("Trouble"));
      trouble.hidden = false;
      return this.show(words || MAY_GO_ON.includes(code) ? "stopped" : "refused");
    }

    wait() {
      this.show("waiting");
      this.timer = setTimeout(() => this.start(), AGAIN_SECONDS * 1000);
    }

    quiet() {
      clearTimeout(this.timer);
      this.row.querySelector("[data-upload-trouble]").hidden = true;
    }

    line(words) {
      this.row.querySelector("[data-upload-state]").textContent = words;
    }

    // What a state looks like: its line, and which buttons there are.
    show(state) {
      this.state = state;
      const name = state[0].toUpperCase() + state.slice(1);
      this.line(this.text(name, { percent: this.percent || 0 }));
      this.row.dataset.state = state;
      this.button("pause").hidden = !["queued", "sending", "waiting"].includes(state);
      this.button("resume").hidden = !["paused", "stopped"].includes(state);
      this.button("cancel").hidden = ["done", "refused", "canceled"].includes(state);
      if (["paused", "waiting", "done"].includes(state)) {
        this.box.say(`${this.file.name}: ${this.text(name, { percent: this.percent || 0 })}`);
      }
      if (["done", "refused", "stopped", "paused"].includes(state)) this.box.next();
    }
  }

  class Box {
    constructor(form) {
      this.form = form;
      this.file = form.querySelector("[type=file]");
      this.place = form.querySelector("[data-uploads]");
      this.list = this.place.querySelector("[data-upload-list]");
      this.endpoint = new URL(this.place.dataset.endpoint, location.href).href;
      this.sendings = [];
      this.file.multiple = true;
      form.addEventListener("submit", (event) => this.submitted(event));
      this.place.querySelector("[data-upload-show]").addEventListener("click", () => showAll());
    }

    metadata(file) {
      const value = (name) => (this.form.elements[name] ? this.form.elements[name].value : "");
      const people = this.form.elements.shows_people;
      return {
        filename: file.name,
        filetype: file.type,
        requirement: value("requirement"),
        date_of_entry: value("date_of_entry"),
        activity_description: value("activity_description"),
        people: people && people.checked ? "1" : "",
      };
    }

    async submitted(event) {
      if (!this.file.files.length) return;
      event.preventDefault();
      const files = [...this.file.files];
      this.file.value = "";
      for (const file of files) this.add(file, await this.begun(file));
    }

    // Where this very file was broken off before, if the page knows of it.
    async begun(file) {
      const stored = await new tus.Upload(file, { endpoint: this.endpoint }).findPreviousUploads();
      const open = unfinished().map((item) => path(item.dataset.url));
      const mine = stored.filter((one) => one.metadata.requirement === this.form.elements.requirement.value);
      const found = mine.find((one) => open.includes(path(one.uploadUrl)));
      return found && found.uploadUrl;
    }

    add(file, url) {
      this.form.closest("details").open = true;
      for (const item of unfinished()) if (url && path(item.dataset.url) === path(url)) item.remove();
      this.sendings.push(new Sending(this, file, url));
      this.next();
    }

    next() {
      const busy = this.sendings.filter((one) => ["sending", "waiting"].includes(one.state));
      const queued = this.sendings.filter((one) => one.state === "queued");
      for (const one of queued.slice(0, Math.max(0, AT_ONCE - busy.length))) one.start();
      const live = all().filter((one) => !["done", "refused", "canceled"].includes(one.state));
      if (live.length || !handedIn().length) return;
      const refused = all().filter((one) => one.state === "refused");
      for (const one of refused) one.box.place.querySelector("[data-upload-show]").hidden = false;
      if (!refused.length) showAll();
    }

    // What was handed in before the page came anew, each file by its name.
    tell(names) {
      const place = this.form.closest(".slot").querySelector("[data-handed-in]");
      for (const file of names) {
        const notice = place.querySelector("template").content.cloneNode(true);
        notice.querySelector("[data-handed-in-words]").textContent = place.dataset.text.replace("{file}", () => file);
        place.append(notice);
      }
    }

    say(words) {
      this.place.querySelector("[data-upload-news]").textContent = words;
    }
  }

  const unfinished = () => [...document.querySelectorAll("[data-unfinished]")];
  const forms = [...document.querySelectorAll("[data-upload-form]")];
  const boxes = forms.filter((form) => form.querySelector("[type=file]")).map((form) => new Box(form));

  const all = () => boxes.flatMap((box) => box.sendings);
  const handedIn = () => all().filter((one) => one.state === "done");

  // The page keeps the names itself: answers that come at once would lose each other's messages.
  const showAll = () => {
    const told = handedIn().map((one) => [one.box.form.elements.requirement.value, one.file.name]);
    sessionStorage.setItem(TOLD, JSON.stringify(told));
    location.reload();
  };

  const told = JSON.parse(sessionStorage.getItem(TOLD) || "[]");
  sessionStorage.removeItem(TOLD);
  for (const box of boxes) {
    const { value } = box.form.elements.requirement;
    box.tell(told.filter(([key]) => key === value).map(([, name]) => name));
  }

  // "Choose the same file": name and size must be those of the file that was broken off.
  for (const item of unfinished()) {
    const choose = item.querySelector("[data-unfinished-choose]");
    const trouble = item.querySelector("[data-unfinished-trouble]");
    const box = boxes.find((one) => one.form.elements.requirement.value === item.dataset.requirement);
    if (!box) continue;
    choose.hidden = false;
    choose.querySelector("input").addEventListener("change", (event) => {
      const [file] = event.target.files;
      const same = file && file.name === item.dataset.name && String(file.size) === item.dataset.size;
      trouble.hidden = same || !file;
      if (same) box.add(file, item.dataset.url);
      else event.target.value = "";
    });
  }

  addEventListener("online", () => {
    for (const one of all()) if (one.state === "waiting") one.start();
  });
  setInterval(() => {
    for (const one of all()) {
      const quiet = (Date.now() - one.seen) / 1000;
      if (one.state !== "sending" || quiet < QUIET_SECONDS) continue;
      if (one.percent < 100) one.broke();
      if (quiet < SILENCE_SECONDS) continue;
      one.upload.abort();
      one.start();
    }
  }, 5000);
})();
