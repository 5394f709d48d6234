/*
 * Where a browser keeps the binding of a login inside a platform's page: in localStorage, or with the platform itself
 * (LTI Client Side postMessages and Platform Storage).
 */
(function () {
  "use strict";

  const PATIENCE = 2000; // ms until a platform that was asked to keep something has answered

  /* The window of the platform that keeps things: a frame beside ours, our parent, or whoever opened us. */
  function keeper(frame) {
    const above = window.parent !== window ? window.parent : window.opener;
    if (!above || frame === "_parent") return above;
    try {
      return above.frames[frame] || null;
    } catch {
      return null;
    }
  }

  function ask(place, message) {
    const target = place.frame && place.origin ? keeper(place.frame) : null;
    if (!target) return Promise.resolve(null);
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    return new Promise((resolve) => {
      const timer = setTimeout(done, PATIENCE, null);
      function done(answer) {
        clearTimeout(timer);
        window.removeEventListener("message", hear);
        resolve(answer);
      }
      function hear(event) {
        const told = event.data;
        if (event.origin !== place.origin || typeof told !== "object" || told === null) return;
        if (told.message_id !== id || told.subject !== `${message.subject}.response`) return;
        done(told.error ? null : told);
      }
      window.addEventListener("message", hear);
      target.postMessage({ ...message, message_id: id }, place.origin);
    });
  }

  window.LtiStorage = {
    keepHere(name, value) {
      try {
        localStorage.setItem(name, value);
        return localStorage.getItem(name) === value;
      } catch {
        return false;
      }
    },

    takeHere(name) {
      try {
        const value = localStorage.getItem(name);
        localStorage.removeItem(name);
        return value;
      } catch {
        return null;
      }
    },

    async keepThere(place, name, value) {
      return (await ask(place, { subject: "lti.put_data", key: name, value })) !== null;
    },

    async takeThere(place, name) {
      const told = await ask(place, { subject: "lti.get_data", key: name });
      return told && typeof told.value === "string" ? told.value : null;
    },
  };
})();
