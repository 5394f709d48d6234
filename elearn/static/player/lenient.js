/*
 * Reading again what the standard refuses, as far as a package's switches allow.
 *
 * The twin of scorm/runtime/lenient.py and foreign.py; a test plays the same calls on both. Nothing here decides
 * what is valid: a form found here is checked like any other value.
 *
 *   ScormLenient.formsOf(table, switches, element, pattern, value, kind) -> [[switch, form], ...]
 *   new ScormLenient.Foreigner(table, { get, set, fillIn }, tolerated)
 */
(function (root) {
  "use strict";

  const LONGEST = 64;
  const EXACT = 8;
  const LONGEST_SPAN = 9999 * 360000 + 59 * 6000 + 5999;
  const MONTH = 262974600; // a twelfth of the mean Gregorian year, in hundredths of a second
  const WORDS = ["vocabulary", "result", "navigation", "true-false"];
  const NUMBERS = ["real", "integer", "result", "numeric"];
  const NUMBER = /^ *([+-]?[0-9]{1,9})(?:[.,]([0-9]{1,9}))? *(%?) *$/;
  const SPAN = /^ *([0-9]{1,4}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))? *$/;
  const ISO =
    /^ *P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,]([0-9]{1,9}))?S)?)? *$/;
  const MOMENT =
    /^ *(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]{1,9}))? *(?:(Z)|([+-][0-9]{2}):?([0-9]{2})?)? *$/;

  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const squeeze = (word) => word.replace(/[ \t\r\n_]+|-(?![0-9])/g, "").toLowerCase();
  const isAscii = (value) => /^[\x00-\x7f]*$/.test(value);
  const two = (number) => String(number).padStart(2, "0");

  function formsOf(table, switches, pattern, value, interaction) {
    const element = table.elements[pattern];
    const forms = [];
    if (value.length > LONGEST || !isAscii(value)) return forms;
    const add = (name, form) => form !== null && forms.push([name, form]);
    const isTyped = element.type === "response" || element.type === "pattern";
    const kind = isTyped ? interaction : element.type;
    if (switches.loose_words && WORDS.includes(kind)) {
      add("loose_words", wordOf(table, kind === "true-false" ? kind : pattern, element, value));
    }
    if (switches.loose_numbers && NUMBERS.includes(kind)) add("loose_numbers", numberOf(element, value));
    if (switches.loose_times && kind === "interval") {
      add("loose_times", intervalOf(table.standard, value.toUpperCase()));
    }
    if (switches.loose_times && kind === "timestamp") {
      add("loose_times", momentOf(table.standard, value.toUpperCase()));
    }
    return forms;
  }

  function wordOf(table, name, element, value) {
    const key = squeeze(value);
    const own = (element.values || ["true", "false"]).find((word) => squeeze(word) === key);
    if (own !== undefined) return own;
    const words = has(table.words, name) ? table.words[name] : {};
    return has(words, key) ? words[key] : null;
  }

  function numberOf(element, value) {
    const found = NUMBER.exec(value);
    if (!found) return null;
    const [, whole, part, percent] = found;
    const text = part ? whole + "." + part : whole;
    if (percent && element.maximum === 1) return hundredthOf(text);
    return element.type === "integer" && part && /^0+$/.test(part) ? whole : text;
  }

  function hundredthOf(text) {
    if (text.length > EXACT) return null;
    return (Number(text) / 100 + 0).toFixed(EXACT).replace(/0+$/, "").replace(/\.$/, "");
  }

  /* Durations: months and hundredths of a second, as scorm/datamodel/durations.py has them. */

  function hundredths(hours, minutes, seconds, part) {
    const whole = Number(hours || 0) * 3600 + Number(minutes || 0) * 60 + Number(seconds || 0);
    return whole * 100 + Number((part || "").padEnd(2, "0").slice(0, 2));
  }

  function durationOf(value) {
    const span = SPAN.exec(value);
    if (span) return { months: 0, hundredths: hundredths(span[1], span[2], span[3], span[4]) };
    const iso = ISO.exec(value);
    if (!iso || !iso.slice(1).some((part) => part)) return null;
    const months = Number(iso[1] || 0) * 12 + Number(iso[2] || 0);
    return { months, hundredths: Number(iso[3] || 0) * 8640000 + hundredths(iso[4], iso[5], iso[6], iso[7]) };
  }

  function write(standard, { months, hundredths: total }) {
    return standard === "1.2" ? asTimespan(months, total) : asIso(months, total);
  }

  function asTimespan(months, hundredth) {
    const total = Math.min(hundredth + months * MONTH, LONGEST_SPAN);
    const seconds = Math.floor((total % 6000) / 100);
    const hours = String(Math.floor(total / 360000)).padStart(4, "0");
    return `${hours}:${two(Math.floor((total % 360000) / 6000))}:${two(seconds)}.${two(total % 100)}`;
  }

  function asIso(months, total) {
    const counted = (pairs) => pairs.filter(([number]) => number).map(([number, unit]) => number + unit).join("");
    const date = counted([[Math.floor(months / 12), "Y"], [months % 12, "M"], [Math.floor(total / 8640000), "D"]]);
    let rest = total % 8640000;
    let time = counted([[Math.floor(rest / 360000), "H"], [Math.floor((rest % 360000) / 6000), "M"]]);
    rest %= 6000;
    const part = rest % 100;
    if (rest) time += Math.floor(rest / 100) + (part ? "." + two(part).replace(/0$/, "") : "") + "S";
    if (!date && !time) return "PT0H0M0S";
    return "P" + date + (time ? "T" + time : "");
  }

  function intervalOf(standard, value) {
    const duration = durationOf(value);
    return duration && write(standard, duration);
  }

  function momentOf(standard, value) {
    const found = MOMENT.exec(value);
    if (!found) return null;
    const [, date, hours, minutes, seconds, part, utc, offset, rest] = found;
    const zone = utc || (offset || "") + (rest ? ":" + rest : "");
    const fraction = (part || (zone ? "0" : "")).slice(0, 2);
    const clock = two(hours) + ":" + minutes + ":" + seconds + (fraction ? "." + fraction : "");
    if (standard === "1.2") return clock;
    return date ? date + "T" + clock + zone : null;
  }

  /* Names of the other standard. */

  const ITS_NOTATION = { loose_words: true, loose_numbers: true, loose_times: true };
  const SWITCH = "foreign_names";

  class Foreigner {
    /* get(text) -> [value, fault]; set(text, value, switches) -> fault; heed(switch) */
    constructor(table, { get, set, heed }) {
      Object.assign(this, { table, getOwn: get, setOwn: set, heed });
    }

    foreign(name) {
      return has(this.table.foreign, name.pattern) ? this.table.foreign[name.pattern] : null;
    }

    get(name) {
      const foreign = this.foreign(name);
      if (!foreign) return ["", "undefined"];
      if (!foreign.to) {
        this.heed(SWITCH);
        return [this.status(foreign), "none"];
      }
      let [value, fault] = this.getOwn(fullOf(foreign, name));
      if (fault === "not_set") fault = "none"; // SCORM 1.2 knows no such error
      if (fault === "none") {
        this.heed(SWITCH);
        if (value && this.table.elements[foreign.to].type === "interval") {
          const other = this.table.standard === "1.2" ? "2004" : "1.2";
          value = write(other, durationOf(value) || { months: 0, hundredths: 0 });
        }
      }
      return [value, fault];
    }

    status(foreign) {
      for (const [element, words] of foreign.reads) {
        const [value] = this.getOwn(element);
        if (has(words, value)) return words[value];
      }
      return foreign.otherwise;
    }

    set(name, value) {
      const foreign = this.foreign(name);
      if (!foreign) return "undefined";
      const fault = foreign.to ? this.setOwn(fullOf(foreign, name), value, ITS_NOTATION) : this.say(foreign, value);
      if (fault === "none") this.heed(SWITCH);
      return fault;
    }

    say(foreign, value) {
      const word = Object.keys(foreign.says).find((each) => squeeze(each) === squeeze(value));
      if (word === undefined) return "type";
      for (const [element, said, keeps] of foreign.says[word]) {
        if (!keeps.includes(this.getOwn(element)[0])) this.setOwn(element, said, null);
      }
      return "none";
    }
  }

  function fullOf(foreign, name) {
    const indices = name.full.split(".").filter((part) => /^[0-9]+$/.test(part));
    return foreign.to.split(".").map((part) => (part === "n" ? indices.shift() : part)).join(".");
  }

  root.ScormLenient = { formsOf, Foreigner };
})(typeof window === "undefined" ? self : window);
