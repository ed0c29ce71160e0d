// Shows how far an upload is. Without it the plain form does the same work.
(() => {
  const explain = (form, words) => {
    const trouble = form.querySelector("[data-upload-trouble]");
    trouble.textContent = words;
    trouble.hidden = false;
    form.querySelector("progress").hidden = true;
    form.querySelector("[type=submit]").disabled = false;
  };

  const answered = (form, request) => {
    let body = {};
    try {
      body = JSON.parse(request.responseText);
    } catch {
      return explain(form, form.dataset.troubleText);
    }
    if (request.status === 200) {
      location.href = body.page;
      return location.reload();
    }
    return explain(form, body.error || form.dataset.troubleText);
  };

  const send = (event) => {
    const form = event.target;
    const file = form.querySelector("[type=file]");
    if (!file || !file.files.length) return;
    event.preventDefault();
    const bar = form.querySelector("progress");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.addEventListener("progress", (step) => {
      bar.hidden = false;
      if (step.lengthComputable) bar.value = (100 * step.loaded) / step.total;
    });
    request.addEventListener("load", () => answered(form, request));
    request.addEventListener("error", () => explain(form, form.dataset.troubleText));
    form.querySelector("[data-upload-trouble]").hidden = true;
    form.querySelector("[type=submit]").disabled = true;
    request.send(new FormData(form));
  };

  for (const form of document.querySelectorAll("[data-upload-form]")) form.addEventListener("submit", send);
})();
