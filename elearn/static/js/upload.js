// The upload page: files one after the other, each with its progress; without this script the form is sent as any other.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const form = () => byId("upload-form");
  const MOST = 500; // files at once; more are hard to describe
  const words = (name) => byId("upload-status").dataset[name];
  let rows = [];
  let isRunning = false;

  // What this visit is about, not what an earlier one has left.
  const present = () => rows.filter((row) => !["left", "arrived"].includes(row.state));
  const megabytes = (bytes) =>
    `${(bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;
  const filled = (sentence, done, all) =>
    sentence.replace("{done}", megabytes(done)).replace("{all}", megabytes(all)).replace("{size}", megabytes(all));

  // Said aloud only when something changes, not with every byte.
  function announce(text) {
    byId("upload-status").textContent = text;
  }

  // One file: waiting, sending, paused, left (of an earlier visit), arrived, done or refused.
  class Row {
    constructor({ name, length, file = null, upload = null }) {
      Object.assign(this, { name, length, file, upload, done: upload ? upload.received : 0, transfer: null });
      this.element = byId("upload-row").content.firstElementChild.cloneNode(true);
      this.part("name").textContent = name;
      this.part("bar").setAttribute("aria-label", name);
      for (const action of ["pause", "resume", "cancel"]) this.part(action).addEventListener("click", () => this[action]());
      byId("upload-queue").append(this.element);
    }

    part(name) {
      return this.element.querySelector(`[data-part="${name}"]`);
    }

    show(state, said, isBad = false) {
      this.state = state;
      this.say(said, isBad);
      this.part("pause").hidden = state !== "sending";
      this.part("resume").hidden = !["paused", "arrived"].includes(state);
      this.part("cancel").hidden = ["checking", "done", "refused"].includes(state);
      this.part("bar").hidden = ["done", "refused"].includes(state);
    }

    say(sentence, isBad = false) {
      this.element.classList.toggle("is-broken", isBad);
      this.part("said").textContent = filled(sentence, this.done, this.length);
    }

    move(done) {
      this.done = done;
      this.part("bar").value = this.length ? (100 * done) / this.length : 100;
      if (this.state === "sending") this.say(words("sending"));
    }

    judge() {
      if (this.length <= Number(form().dataset.limit)) this.show("waiting", words("waiting"));
      else this.refuse(filled(words("tooLarge"), 0, this.length));
    }

    refuse(said) {
      this.show("refused", said, true);
      announce(this.part("said").textContent);
    }

    async send() {
      this.show("sending", words("sending"));
      const waits = (isWaiting) => this.state === "sending" && this.say(words(isWaiting ? "away" : "sending"), isWaiting);
      this.transfer = new Tus.Transfer(form().dataset.uploads, this.file, (done) => this.move(done), waits);
      try {
        const uid = await this.transfer.run();
        if (uid) await this.use(uid);
      } catch (error) {
        this.fail(error);
      }
    }

    // The same form as without a script, with the uid in place of the file.
    async use(uid) {
      this.show("checking", words("checking"));
      announce(words("checking"));
      const fields = new FormData(form());
      fields.delete("file");
      fields.set("upload", uid);
      let answer;
      try {
        answer = await fetch(form().action, { method: "POST", body: fields });
      } catch {
        this.upload = { uid };
        this.show("arrived", words("arrived"));
        return;
      }
      if (answer.ok) this.succeed(answer.url);
      else await this.explain(answer, uid);
    }

    succeed(address) {
      this.address = address;
      this.show("done", words("done"));
      this.part("describe").href = address;
      this.part("describe").hidden = false;
    }

    async explain(answer, uid) {
      if (answer.status === 404) {
        this.refuse(words("used"));
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      if (answer.status === 422 && main && present().length === 1) {
        document.querySelector("main").replaceWith(document.adoptNode(main));
        document.title = page.title;
        arrive();
        const reason = byId("refusal") || byId("main");
        reason.focus();
        reason.scrollIntoView({ block: "start" });
        return;
      }
      if (answer.status === 422) {
        const reason = page.querySelector("#refusal, [role=alert]");
        this.refuse(words("refusedBelow"));
        if (reason) this.part("said").after(document.adoptNode(reason));
        for (const element of this.element.querySelectorAll("[id]")) element.removeAttribute("id");
        return;
      }
      this.upload = { uid };
      this.show("arrived", words(answer.status === 507 ? "full" : "arrived"), answer.status === 507);
    }

    fail(error) {
      if (!(error instanceof Tus.Refused)) throw error;
      if (error.status === 401 && !this.transfer.upload) window.location.assign(form().dataset.signIn);
      else if (error.status === 413) this.refuse(filled(words("refused"), 0, this.length));
      else {
        const said = { 400: "signedOut", 401: "signedOut", 403: "signedOut", 507: "full" }[error.status];
        this.show("paused", said ? words(said) : error.detail || words("away"), true);
        announce(this.part("said").textContent);
      }
    }

    pause() {
      this.show("paused", words("paused"));
      if (this.transfer) this.transfer.pause();
      announce(this.part("said").textContent);
      this.part("resume").focus();
    }

    resume() {
      if (this.state === "arrived") this.use(this.upload.uid).then(leave);
      else {
        this.show("waiting", words("waiting"));
        this.part("cancel").focus(); // the button that was pressed is hidden now
        run();
      }
    }

    async cancel() {
      if (this.transfer) this.transfer.pause();
      const upload = (this.transfer && this.transfer.upload) || this.upload;
      rows = rows.filter((row) => row !== this);
      this.element.remove();
      demand();
      byId("upload-file").value = "";
      byId("upload-file").focus();
      if (upload && upload.address) await Tus.giveUp(upload.address).catch(() => {});
    }
  }

  async function run() {
    if (isRunning) return;
    isRunning = byId("upload-submit").disabled = true;
    announce(words("begun"));
    let next;
    while ((next = rows.find((row) => row.state === "waiting"))) await next.send();
    isRunning = false;
    if (byId("upload-submit")) byId("upload-submit").disabled = false;
    leave();
  }

  // One file goes on to its description; of several the list stays, with a link for each.
  function leave() {
    const done = rows.filter((row) => row.state === "done");
    if (done.length === 1 && present().length === 1) window.location.assign(done[0].address);
    else if (done.length) announce(words("ended").replace("{done}", done.length).replace("{all}", present().length));
  }

  // What systems put into folders and nobody means to share.
  const isMeant = ({ name }) => !name.startsWith(".") && !name.startsWith("~$") && !["Thumbs.db", "desktop.ini"].includes(name);

  function choose(files, isFolder = false) {
    const meant = isFolder ? files.filter(isMeant) : files;
    const chosen = meant.slice(0, MOST);
    for (const row of rows.filter((row) => ["waiting", "refused"].includes(row.state))) row.element.remove();
    rows = rows.filter((row) => !["waiting", "refused"].includes(row.state));
    announce(meant.length > MOST ? words("many").replace("{most}", MOST).replace("{all}", meant.length) : "");
    if (byId("upload-many")) byId("upload-many").textContent = byId("upload-status").textContent;
    for (const file of chosen) {
      const left = rows.find((row) => row.upload && !row.file && Tus.isOf(row.upload, file));
      const row = left || new Row({ name: file.webkitRelativePath || file.name, length: file.size, file });
      row.file = file;
      if (!left) rows.push(row);
      row.judge();
    }
    demand();
  }

  // A folder is no value of the field for files, so the browser must not ask for one.
  function demand() {
    byId("upload-file").required = !rows.some((row) => ["waiting", "paused", "refused"].includes(row.state));
  }

  // What an earlier visit, or another tab, has begun.
  async function arrive() {
    rows = [];
    byId("upload-file").multiple = !form().dataset.single;
    const folder = byId("upload-folder-field");
    if (folder) folder.hidden = !("webkitdirectory" in byId("upload-folder"));
    if (byId("upload-file").files.length) choose([...byId("upload-file").files]); // before this script had come
    const uploads = await Tus.underWay(form().dataset.uploads).catch(() => []);
    for (const upload of uploads.filter((upload) => !rows.some((row) => row.file && Tus.isOf(upload, row.file)))) {
      const row = new Row({ name: upload.name, length: upload.length, upload });
      rows.push(row);
      row.move(upload.received);
      if (upload.received === upload.length) row.show("arrived", words("arrived"));
      else row.show("left", words("left"));
    }
  }

  // Before the shell's own listener, which would mark the form as sent for good.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.id !== "upload-form") return;
      event.preventDefault();
      for (const row of rows.filter((row) => row.state === "paused")) row.show("waiting", words("waiting"));
      run();
    },
    true,
  );
  document.addEventListener("change", (event) => {
    if (event.target.id === "upload-file") choose([...event.target.files]);
    if (event.target.id === "upload-folder") {
      byId("upload-file").value = "";
      choose([...event.target.files], true);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (isRunning) event.preventDefault();
  });

  // All files of a folder that was dropped, and of those in it.
  async function filesOf(entry) {
    if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      for (const inner of some) if (isMeant(inner) && found.length <= MOST) found.push(...(await filesOf(inner)));
    }
  }

  // Files and folders may be dropped anywhere on the frame around the field.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, async (event) => {
      const frame = event.target.closest && event.target.closest("#upload-drop");
      if (!frame) return;
      event.preventDefault();
      frame.classList.toggle("is-over", kind === "dragover");
      if (kind !== "drop") return;
      // The list of what was dropped is emptied as soon as this function waits.
      const files = [...event.dataTransfer.files];
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
      if (!entries.some((entry) => entry && entry.isDirectory)) {
        if (files.length) choose(files);
        return;
      }
      const all = [];
      for (const entry of entries.filter(Boolean)) all.push(...(await filesOf(entry).catch(() => [])));
      choose(all, true);
    });
  }

  arrive();
})();
