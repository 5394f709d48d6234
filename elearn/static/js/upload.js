// The progress of an upload; without this script the form is sent as any other.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  let request = null;

  const words = (name) => byId("upload-status").dataset[name];
  const chosen = () => byId("upload-file").files[0];
  const isTooLarge = () => Boolean(chosen()) && chosen().size > Number(byId("upload-form").dataset.limit);

  const megabytes = (bytes) =>
    `${(bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

  function show(text, broken = false) {
    const box = byId("upload-progress");
    box.hidden = false;
    box.classList.toggle("is-broken", broken);
    byId("upload-status").textContent = text;
  }

  // Said when the file is chosen, not after an hour of sending it.
  function tellTooLarge(sentence) {
    show(words(sentence).replace("{size}", megabytes(chosen().size)), true);
  }

  function judge() {
    if (isTooLarge()) tellTooLarge("tooLarge");
    else if (!request) byId("upload-progress").hidden = true;
  }

  function rest() {
    request = null;
    byId("upload-submit").disabled = false;
    byId("upload-cancel").hidden = true;
  }

  function moved(event) {
    if (!event.lengthComputable) return;
    byId("upload-bar").value = (100 * event.loaded) / event.total;
    show(words("sending").replace("{done}", megabytes(event.loaded)).replace("{all}", megabytes(event.total)));
  }

  // The answer is the page that a plain form would have shown: another address, or this page with the reasons.
  function answered(event) {
    const { status, responseURL, responseText } = event.target;
    if (status >= 200 && status < 300) {
      window.location.assign(responseURL);
      return;
    }
    // Most likely a server before the library, whose page says less than the form can.
    if (status === 413 && chosen()) {
      tellTooLarge("refused");
      rest();
      return;
    }
    const page = new DOMParser().parseFromString(responseText, "text/html");
    const main = page.querySelector("main");
    if (!main) {
      broken();
      return;
    }
    request = null;
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    const reason = byId("refusal") || byId("main");
    reason.focus();
    reason.scrollIntoView({ block: "start" });
  }

  function broken() {
    show(words("broken"), true);
    rest();
  }

  // A session that has ended is told before the file is sent, not after.
  async function begin(form) {
    byId("upload-submit").disabled = true;
    let asked;
    try {
      asked = await fetch(form.action, { method: "HEAD", redirect: "manual", cache: "no-store" });
    } catch {
      broken();
      return;
    }
    if (asked.type === "opaqueredirect") window.location.assign(form.dataset.signIn);
    else send(form);
  }

  function send(form) {
    request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", moved);
    request.upload.addEventListener("load", () => show(words("checking")));
    request.addEventListener("load", answered);
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, broken);
    request.send(new FormData(form));
    byId("upload-bar").value = 0;
    byId("upload-cancel").hidden = false;
  }

  // Before the shell's own listener, which would mark the form as sent for good.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.id !== "upload-form") return;
      event.preventDefault();
      if (request || byId("upload-submit").disabled) return;
      if (isTooLarge()) tellTooLarge("tooLarge");
      else begin(event.target);
    },
    true,
  );
  document.addEventListener("change", (event) => {
    if (event.target.id === "upload-file") judge();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#upload-cancel") && request) request.abort();
  });
  window.addEventListener("beforeunload", (event) => {
    if (request && request.readyState < 4) event.preventDefault();
  });

  // A file may be dropped anywhere on the frame around the field.
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const frame = event.target.closest && event.target.closest("#upload-drop");
      if (!frame) return;
      event.preventDefault();
      frame.classList.toggle("is-over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      byId("upload-file").files = event.dataTransfer.files;
      judge();
    });
  }
})();
