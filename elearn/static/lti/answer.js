/* Sends the form of the page at once; without scripts its button does. */
document.getElementById("answer").submit();
