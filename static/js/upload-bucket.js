// Sends the pieces of a file straight to the bucket, where files lie in one. For tus all looks as
// if the portal took them: it asks for an address, puts the piece there, and tells the new offset;
// after the last piece the portal puts the file together.
const BUCKET_PIECE = 5 * 1024 * 1024;

class BucketRequest {
  constructor(plain, url, size, token) {
    this.plain = plain;
    this.url = url;
    this.size = size;
    this.token = token;
    this.headers = {};
    this.progress = () => {};
  }

  getMethod() {
    return "PATCH";
  }

  getURL() {
    return this.url;
  }

  setHeader(name, value) {
    this.headers[name] = value;
  }

  getHeader(name) {
    return this.headers[name];
  }

  setProgressHandler(handler) {
    this.progress = handler;
  }

  getUnderlyingObject() {
    return this.inner && this.inner.getUnderlyingObject();
  }

  abort() {
    this.stopped = true;
    return this.inner ? this.inner.abort() : Promise.resolve();
  }

  // One request of ours to the portal, with the headers that tus has set.
  ask(method, url, headers) {
    this.inner = this.plain.createRequest(method, url);
    const told = { "Tus-Resumable": "1.0.0", "X-Requested-With": "fetch", "X-CSRFToken": this.token() };
    for (const [name, value] of Object.entries({ ...told, ...headers })) this.inner.setHeader(name, value);
    return this.inner.send(null);
  }

  async send(piece) {
    const offset = Number(this.headers["Upload-Offset"]);
    const end = offset + (piece ? piece.size : 0);
    if (piece) {
      const place = await this.ask("POST", `${this.url}parts/${offset / BUCKET_PIECE + 1}/`, {});
      if (place.getStatus() !== 200) return place;
      if (this.stopped) throw new Error("stopped");
      await this.put(JSON.parse(place.getBody()).url, piece);
    }
    if (end < this.size) return new BucketAnswer(end);
    return this.ask("PATCH", this.url, {
      "Upload-Offset": String(end),
      "Content-Type": "application/offset+octet-stream",
    });
  }

  async put(url, piece) {
    this.inner = this.plain.createRequest("PUT", url);
    this.inner.setProgressHandler(this.progress);
    const answer = await this.inner.send(piece);
    if (answer.getStatus() >= 300) throw new Error(`the store answers ${answer.getStatus()}`);
  }
}

class BucketAnswer {
  constructor(offset) {
    this.offset = offset;
  }

  getStatus() {
    return 204;
  }

  getHeader(name) {
    return name === "Upload-Offset" ? String(this.offset) : null;
  }

  getBody() {
    return "";
  }

  getUnderlyingObject() {
    return null;
  }
}

class BucketStack {
  constructor(size, token) {
    this.plain = new tus.DefaultHttpStack();
    this.size = size;
    this.token = token;
  }

  createRequest(method, url) {
    if (method !== "PATCH") return this.plain.createRequest(method, url);
    return new BucketRequest(this.plain, url, this.size, this.token);
  }

  getName() {
    return "BucketStack";
  }
}
