// Whoever fills in a field of the form for several materials means to change it.
"use strict";

document.addEventListener("input", (event) => {
  const field = event.target.closest && event.target.closest(".several-value");
  if (field) field.parentElement.querySelector('[name="change"]').checked = true;
});
