// The progress of an upload; without this script the form is sent as any other.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  let request = null;

  const megabytes = (bytes) =>
    `${(bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

  function show(text, broken = false) {
    const box = byId("upload-progress");
    box.hidden = false;
    box.classList.toggle("is-broken", broken);
    byId("upload-status").textContent = text;
  }

  function rest() {
    request = null;
    byId("upload-submit").disabled = false;
    byId("upload-cancel").hidden = true;
  }

  function moved(event) {
    if (!event.lengthComputable) return;
    const words = byId("upload-status").dataset;
    byId("upload-bar").value = (100 * event.loaded) / event.total;
    show(words.sending.replace("{done}", megabytes(event.loaded)).replace("{all}", megabytes(event.total)));
  }

  // The answer is the page that a plain form would have shown: another address, or this page with the reasons.
  function answered(event) {
    const { status, responseURL, responseText } = event.target;
    if (status >= 200 && status < 300) {
      window.location.assign(responseURL);
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
    show(byId("upload-status").dataset.broken, true);
    rest();
  }

  function send(form) {
    request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", moved);
    request.upload.addEventListener("load", () => show(byId("upload-status").dataset.checking));
    request.addEventListener("load", answered);
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, broken);
    request.send(new FormData(form));
    byId("upload-bar").value = 0;
    byId("upload-submit").disabled = true;
    byId("upload-cancel").hidden = false;
  }

  // Before the shell's own listener, which would mark the form as sent for good.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.id !== "upload-form") return;
      event.preventDefault();
      if (!request) send(event.target);
    },
    true,
  );
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
      if (kind === "drop" && event.dataTransfer.files.length) byId("upload-file").files = event.dataTransfer.files;
    });
  }
})();
