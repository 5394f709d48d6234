/* Shows what this browser has kept of the login, and goes on; where it has kept nothing the page says so. */
(function () {
  "use strict";

  const form = document.getElementById("confirm");
  const { name, frame, origin } = form.dataset;

  function showOpening(isOpening) {
    document.getElementById("opening").hidden = !isOpening;
    document.getElementById("lost").hidden = isOpening;
  }

  async function go() {
    showOpening(true);
    const binding = LtiStorage.takeHere(name) || (await LtiStorage.takeThere({ frame, origin }, name));
    if (!binding) return showOpening(false);
    form.elements.binding.value = binding;
    return form.submit();
  }

  go();
})();
