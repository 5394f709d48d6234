/*
 * Goes on to the platform once something will tell us that the same browser comes back; otherwise offers a window of
 * its own, before the launch of the platform is used up.
 */
(function () {
  "use strict";

  const login = document.getElementById("login");
  const { address, name, binding, frame, origin } = login.dataset;

  /* The cookie of this answer cannot be seen from here; one that is like it can. */
  function keepsCookies() {
    const probe = `${name}-probe`;
    const manner = "; Path=/lti/; SameSite=None; Secure; Partitioned";
    try {
      document.cookie = `${probe}=1; Max-Age=60${manner}`;
      const isThere = document.cookie.split("; ").includes(`${probe}=1`);
      document.cookie = `${probe}=; Max-Age=0${manner}`;
      return isThere;
    } catch {
      return false; // a sandbox without an origin
    }
  }

  async function keep() {
    const here = [keepsCookies(), LtiStorage.keepHere(name, binding)]; // both: either may be gone when it comes back
    return here.includes(true) || LtiStorage.keepThere({ frame, origin }, name, binding);
  }

  keep().then((isKept) => {
    if (isKept || window.parent === window) return location.replace(address);
    login.hidden = true;
    document.getElementById("window").hidden = false;
    return undefined;
  });
})();
