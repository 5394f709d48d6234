/* Bàn phân số: hai phân số, hai băng giấy, dấu so sánh và lời giải thích. */
(function () {
  "use strict";

  const gcd = function (a, b) { return b ? gcd(b, a % b) : a; };
  const decimal = function (value) { return String(Math.round(value * 1000) / 1000).replace(".", ","); };

  function read(section) {
    return { top: Number(section.querySelector("[name=top]").value), bottom: Number(section.querySelector("[name=bottom]").value) };
  }

  function describe(fraction) {
    const divisor = gcd(fraction.top, fraction.bottom);
    const reduced = divisor > 1 && fraction.top ? " = " + fraction.top / divisor + "/" + fraction.bottom / divisor : "";
    const value = fraction.top / fraction.bottom;
    const exact = Math.abs(Math.round(value * 1000) / 1000 - value) < 1e-9;
    return fraction.top + "/" + fraction.bottom + reduced + (exact ? " = " : " ≈ ") + decimal(value);
  }

  function drawStrip(section, fraction) {
    const strip = section.querySelector(".strip");
    strip.replaceChildren();
    strip.setAttribute("aria-label", "Tô màu " + fraction.top + " phần, mỗi băng giấy " + fraction.bottom + " phần");
    const wholes = Math.max(1, Math.ceil(fraction.top / fraction.bottom));
    for (let whole = 0; whole < wholes; whole += 1) {
      const row = document.createElement("div");
      row.className = "whole";
      for (let part = 0; part < fraction.bottom; part += 1) {
        const cell = document.createElement("i");
        if (whole * fraction.bottom + part < fraction.top) { cell.className = "on"; }
        row.append(cell);
      }
      strip.append(row);
    }
  }

  function draw() {
    const sections = Array.from(document.querySelectorAll(".fraction"));
    const fractions = sections.map(read);
    sections.forEach(function (section, index) {
      drawStrip(section, fractions[index]);
      section.querySelector(".value").textContent = describe(fractions[index]);
    });
    const [a, b] = fractions;
    const left = a.top * b.bottom;
    const right = b.top * a.bottom;
    const sign = left < right ? "<" : left > right ? ">" : "=";
    document.getElementById("sign").textContent = sign;
    document.getElementById("explanation").textContent = "Quy đồng mẫu số " + a.bottom * b.bottom + ": " +
      left + "/" + a.bottom * b.bottom + " " + sign + " " + right + "/" + a.bottom * b.bottom;
  }

  document.addEventListener("input", draw);
  draw();
}());
