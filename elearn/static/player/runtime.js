/*
 * The run-time API of SCORM 1.2 and SCORM 2004 in the browser.
 *
 * It interprets the data-model table that scorm/datamodel serves as JSON, with the same rules as
 * scorm/runtime in Python; a test plays the same calls on both. It holds one cmi document, answers
 * every call synchronously with a string, and collects what was set until takeDelta() drains it.
 * What does not belong here: the network, the journal, the page.
 *
 *   const runtime = new ScormRuntime({ table, document, standard, validRequests, tolerance,
 *                                      onSet, onCommit, onTerminate, onTolerated, onCall });
 *   window.API = runtime.api12();  window.API_1484_11 = runtime.api2004();
 *
 * onSet(element, value), onCommit(), onTerminate() follow a call that succeeded, whether or not it
 * changed anything; onCommit may return false to answer "general commit failure".
 * onTolerated(switch) follows the first call that needed a switch of `tolerance` (scorm/tolerance.py); leave() says
 * that the content is being taken away. onCall({ method, args, result, error }) sees every call.
 * A plain ES2019 script without look-behind: old tablets must run it.
 */
(function (root) {
  "use strict";

  const COMMA = "[,]";
  const DOT = "[.]";
  const COLON = "[:]";
  const DELIMITER = /^\{([^=}]*)=([^}]*)\}/;
  const INDEX = /\.([0-9]+)(?=\.)/g;
  const VALID = "adl.nav.request_valid.";
  const UNBOUNDED = 4096;
  const LONGEST_NAME = 8192;
  const KNOWN = 4096; // parsed names that are kept, none longer than LONGEST_KNOWN
  const LONGEST_KNOWN = 128;
  const LONGEST_INDEX = 9;
  const LONGEST_DIAGNOSTIC = 254;
  const KEYWORDS = new Set(["_children", "_count", "_version"]);

  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const beforeLast = (text) => text.slice(0, Math.max(0, text.lastIndexOf(".")));
  const afterLast = (text) => text.slice(text.lastIndexOf(".") + 1);

  /* Names: `pattern` has n for each index, `full` the indices without leading zeros. */

  /* Content asks for the same names again and again. */
  const known = new Map();

  function parseName(text) {
    const found = known.get(text);
    if (found !== undefined) return found;
    const name = readName(text);
    name.keyword = keywordOf(name);
    name.path = pathOf(name);
    if (text.length > LONGEST_KNOWN) return name;
    if (known.size >= KNOWN) known.clear();
    known.set(text, name);
    return name;
  }

  function readName(text) {
    if (text.length > LONGEST_NAME) return { pattern: "", full: "", target: null };
    if (text.startsWith(VALID) && text.endsWith("}")) {
      const at = text.indexOf(".{target=");
      if (at >= 0) return { pattern: text.slice(0, at), full: text, target: text.slice(at + 9, -1) };
    }
    const full = [];
    const pattern = [];
    for (const part of text.split(".")) {
      const isIndex = /^[0-9]+$/.test(part);
      // A part that is itself called n stands for no index.
      if (isIndex) pattern.push("n");
      else pattern.push(part === "n" ? "?" : part);
      if (!isIndex) full.push(part);
      else full.push(part.length <= LONGEST_INDEX ? String(Number(part)) : "1000000000");
    }
    return { pattern: pattern.join("."), full: full.join("."), target: null };
  }

  const keywordOf = (name) => {
    const last = afterLast(name.pattern);
    return KEYWORDS.has(last) ? last : "";
  };

  const recordAt = ([, full, index]) => full + "." + index;

  /* Each collection on the way to an element: [pattern, full name, index in it]. */
  function pathOf(name) {
    const patterns = name.pattern.split(".");
    if (!patterns.includes("n")) return [];
    const parts = name.full.split(".");
    const found = [];
    patterns.forEach((part, at) => {
      if (part === "n") {
        found.push([patterns.slice(0, at).join("."), parts.slice(0, at).join("."), Number(parts[at])]);
      }
    });
    return found;
  }

  /* Data types: the twin of scorm/datamodel/values.py and responses.py. */

  class Types {
    constructor(table) {
      this.table = table;
      this.languages = new Set(table.languages);
      this.formats = new Map();
      for (const name of Object.keys(table.formats)) {
        this.formats.set(name, new RegExp("^(?:" + table.formats[name] + ")$"));
      }
      this.plain = new Map([
        ["string", () => true],
        ["localized", (element, value) => this.takeDelimiters(value, { lang: [] }) !== null],
        ["language", (element, value) => this.isLanguage(value)],
        ["identifier", (element, value) => this.isFormat("identifier", value)],
        ["vocabulary", (element, value) => element.values.includes(value)],
        ["timestamp", (element, value) => this.isTimestamp(value)],
        ["interval", (element, value) => this.isFormat("interval", value)],
        ["result", (element, value) => element.values.includes(value) || this.real(value) !== null],
        ["navigation", (element, value) => this.isNavigation(element, value)],
      ]);
      this.forms = new Map([
        ["vocabulary", (rule, value) => rule.values.includes(value)],
        ["identifier", (rule, value) => this.isFormat("identifier", value)],
        ["identifiers", (rule, value) => this.areIdentifiers(rule, value)],
        ["texts", (rule, value) => this.areTexts(value)],
        ["text", () => true],
        ["pairs", (rule, value) => this.arePairs(value)],
        ["steps", (rule, value) => value.split(COMMA).every((record) => this.isStep(record))],
        ["real", (rule, value) => this.real(value) !== null],
        ["range", (rule, value) => this.isRange(value)],
      ]);
    }

    isFormat(name, value) {
      return this.formats.get(name).test(value);
    }

    real(value) {
      if (!this.isFormat("real", value)) return null;
      const number = Number(value);
      return Number.isFinite(number) ? number : null;
    }

    /* A date names a day that exists. */
    isTimestamp(value) {
      if (!this.isFormat("timestamp", value)) return false;
      const date = /^([0-9]{4})-([0-9]{2})-([0-9]{2})/.exec(value);
      return !date || Number(date[3]) <= new Date(Date.UTC(date[1], date[2], 0)).getUTCDate();
    }

    isLanguage(value) {
      const at = value.indexOf("-");
      const primary = at < 0 ? value : value.slice(0, at);
      const tag = primary.toLowerCase();
      if (at >= 0 && !this.isFormat("subtags", value.slice(at + 1))) return false;
      if (tag === "i" || tag === "x") return at >= 0;
      return this.languages.has(tag) || this.isFormat("local_language", primary);
    }

    /* The rest behind valid leading {name=value} delimiters, or null where one is invalid. */
    takeDelimiters(value, allowed) {
      const seen = new Set();
      let rest = value;
      for (;;) {
        const found = DELIMITER.exec(rest);
        if (!found || !has(allowed, found[1]) || seen.has(found[1])) return rest;
        seen.add(found[1]);
        const words = allowed[found[1]];
        if (!(words.length ? words.includes(found[2]) : this.isLanguage(found[2]))) return null;
        rest = rest.slice(found[0].length);
      }
    }

    isNavigation(element, value) {
      if (element.values.includes(value)) return true;
      const found = DELIMITER.exec(value);
      return Boolean(
        found &&
          found[1] === "target" &&
          found[2] &&
          this.table.targets.includes(value.slice(found[0].length))
      );
    }

    areIdentifiers(rule, value) {
      const items = value.split(COMMA);
      if (items.length > rule.most) return false;
      if (rule.unique && new Set(items).size < items.length) return false;
      return items.every((item) => this.isFormat("identifier", item));
    }

    areTexts(value) {
      return value.split(COMMA).every((item) => this.takeDelimiters(item, { lang: [] }) !== null);
    }

    arePairs(value) {
      return value.split(COMMA).every((record) => {
        const sides = record.split(DOT);
        return sides.length === 2 && sides.every((side) => this.isFormat("identifier", side));
      });
    }

    isStep(record) {
      const at = record.indexOf(DOT);
      if (at < 0) return false;
      const step = record.slice(0, at);
      const answer = record.slice(at + DOT.length);
      if (answer.includes(DOT) || !(step || answer)) return false;
      if (step && !this.isFormat("identifier", step)) return false;
      return !answer.includes(COLON) || this.isRange(answer);
    }

    isRange(value) {
      const bounds = value.split(COLON);
      if (bounds.length !== 2) return false;
      const numbers = bounds.filter((bound) => !/^ *$/.test(bound)).map((bound) => this.real(bound));
      if (numbers.includes(null)) return false;
      return numbers.length < 2 || numbers[0] <= numbers[1];
    }

    hasForm(rule, value) {
      const rest = this.takeDelimiters(value, rule.delimiters || {});
      if (rest === null) return false;
      if (rule.blank && !rest) return true;
      return this.forms.get(rule.kind)(rule, rest);
    }

    /* The fault of a value: "none", "type" or "range". */
    check(element, value, interaction, tolerant) {
      const limit = (tolerant ? element.limit : element.spm || element.limit) || UNBOUNDED;
      if (value.length > limit || !isCharacterString(value)) return "type";
      if (element.blank && !value) return "none";
      if (element.type === "real" || element.type === "integer") return this.checkNumber(element, value);
      if (element.type === "response" || element.type === "pattern") {
        const rule = this.table.interactions[interaction][element.type];
        return this.hasForm(rule, value) ? "none" : "type";
      }
      return this.plain.get(element.type)(element, value) ? "none" : "type";
    }

    checkNumber(element, value) {
      if (element.type === "integer" && !this.isFormat("integer", value)) return "type";
      const number = this.real(value);
      if (number === null) return "type";
      if (has(element, "minimum") && number < element.minimum) return "range";
      if (has(element, "maximum") && number > element.maximum) return "range";
      return "none";
    }
  }

  /* No U+0000 and no lone surrogate: nothing else can keep them. */
  function isCharacterString(value) {
    if (value.includes("\u0000")) return false;
    if (!/[\ud800-\udfff]/.test(value)) return true;
    for (let at = 0; at < value.length; at += 1) {
      const unit = value.charCodeAt(at);
      if (unit >= 0xd800 && unit <= 0xdfff) {
        const next = value.charCodeAt(at + 1);
        if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false;
        at += 1;
      }
    }
    return true;
  }

  function areEqual(distinct, one, other) {
    if (distinct === "list") return one === other;
    const first = one.split(COMMA).sort();
    const second = other.split(COMMA).sort();
    return first.length === second.length && first.every((item, at) => item === second[at]);
  }

  /* A cmi document seen through its table: the twin of scorm/runtime/store.py. */

  class Store {
    constructor(table, document) {
      this.table = table;
      this.types = new Types(table);
      this.elements = new Map(Object.entries(table.elements));
      this.collections = new Map(Object.entries(table.collections));
      this.children = new Map(Object.entries(table.children));
      this.nodes = new Set(table.nodes);
      this.evaluations = new Map(table.evaluations.map((each) => [each.element, each]));
      this.document = new Map(Object.entries(document || {}));
      this.counts = new Map();
      for (const element of this.document.keys()) this.countIn(element);
    }

    countIn(element) {
      INDEX.lastIndex = 0;
      for (let found = INDEX.exec(element); found; found = INDEX.exec(element)) {
        const collection = element.slice(0, found.index);
        this.counts.set(collection, Math.max(this.count(collection), Number(found[1]) + 1));
      }
    }

    count(collection) {
      return this.counts.get(collection) || 0;
    }

    held(element) {
      return this.document.has(element) ? this.document.get(element) : null;
    }

    /* RTE 4.2.4.1, 4.2.22.1: a threshold of the manifest decides the status. */
    evaluated(element) {
      const rule = this.evaluations.get(element);
      if (!rule) return null;
      const threshold = this.types.real(this.held(rule.threshold) || "");
      if (threshold === null) return null;
      const measure = this.types.real(this.held(rule.measure) || "");
      if (measure === null) return rule.unset;
      return measure >= threshold ? rule.met : rule.missed;
    }

    valueOf(name, element) {
      const status = this.evaluated(name.full);
      if (status !== null) return status;
      if (this.document.has(name.full)) return this.document.get(name.full);
      return has(element, "default") ? element.default : null;
    }

    /* ---- reading: [value, fault] */

    get(text) {
      if (!text) return ["", "get_failure"];
      const name = parseName(text);
      const element = this.elements.get(name.pattern);
      if (name.keyword && !element) return this.getKeyword(name);
      const fault = this.mayGet(name, element);
      if (fault !== "none") return ["", fault];
      const value = name.target ? element.default : this.valueOf(name, element);
      if (value === null || (element.blank_is_unset && !value)) return ["", "not_set"];
      return [value, "none"];
    }

    mayGet(name, element) {
      if (!element || (name.target !== null && element.type !== "target")) return "undefined";
      if (!element.access.includes("r")) return "write_only";
      if ((element.type === "target" && !name.target) || !this.exists(name)) return "get_failure";
      return this.access(element, name).includes("r") ? "none" : "write_only";
    }

    getKeyword(name) {
      const owner = beforeLast(name.pattern);
      const isNode = this.nodes.has(owner) && owner.includes(".");
      if (!this.elements.has(owner) && !isNode) return ["", "undefined"];
      if (!this.exists(name)) return ["", "get_failure"];
      const keyword = name.keyword;
      if (keyword === "_children") {
        return this.children.has(owner) ? [this.children.get(owner), "none"] : ["", "no_children"];
      }
      if (keyword === "_count") {
        if (!this.collections.has(owner)) return ["", "no_count"];
        return [String(this.count(beforeLast(name.full))), "none"];
      }
      return ["", "no_version"];
    }

    exists(name) {
      return name.path.every(([, full, index]) => index < this.count(full));
    }

    access(element, name) {
      if (!element.guarded) return element.access;
      const own = this.held(beforeLast(name.full) + "._access");
      return own === null ? element.access : own;
    }

    /* ---- writing: the fault */

    set(text, value, tolerant) {
      const name = parseName(text);
      const element = this.elements.get(name.pattern);
      let fault = this.maySet(name, element, text);
      if (fault === "none") fault = this.mayHold(name, element, value);
      if (fault !== "none") return fault;
      const isTyped = element.type === "response" || element.type === "pattern";
      fault = this.types.check(element, value, isTyped ? this.interaction(name) : "", tolerant);
      if (fault === "none") this.write(name, element, value);
      return fault;
    }

    maySet(name, element, text) {
      if (name.keyword) {
        const owner = beforeLast(name.pattern);
        return this.nodes.has(owner) || this.elements.has(owner) ? "keyword" : "undefined";
      }
      if (!element || (name.target !== null && element.type !== "target")) {
        return text ? "undefined" : "set_failure";
      }
      if (!element.access.includes("w")) return "read_only";
      const fault = this.mayReach(name);
      if (fault !== "none") return fault;
      if (!this.access(element, name).includes("w")) return "read_only";
      if (element.requires && !this.document.has(this.record(name) + "." + element.requires)) {
        return "dependency";
      }
      return "none";
    }

    mayReach(name) {
      for (const [pattern, full, index] of name.path) {
        const collection = this.collections.get(pattern);
        const needs = collection.requires;
        if (needs && !this.document.has(beforeLast(full) + "." + needs)) return "dependency";
        const count = this.count(full);
        if (index > count || index >= this.limit(pattern, full, collection.limit)) return "set_failure";
        if (pattern === "adl.data" && index >= count) return "set_failure";
      }
      return "none";
    }

    limit(pattern, full, limit) {
      if (!pattern.endsWith(".correct_responses")) return limit;
      const kind = this.held(beforeLast(full) + ".type");
      const rules = kind !== null && has(this.table.interactions, kind) ? this.table.interactions[kind] : null;
      return rules && has(rules.pattern, "max") ? rules.pattern.max : limit;
    }

    record(name) {
      return name.path.length ? recordAt(name.path[name.path.length - 1]) : beforeLast(name.full);
    }

    interaction(name) {
      return name.path.length ? this.document.get(recordAt(name.path[0]) + ".type") : undefined;
    }

    mayHold(name, element, value) {
      const held = this.held(name.full);
      if (element.immutable && held !== null && held !== value) return "set_failure";
      if (held === value) return "none";
      const distinct = element.unique ? "list" : this.distinct(name, element);
      return distinct && this.repeats(name, distinct, value) ? "set_failure" : "none";
    }

    distinct(name, element) {
      if (element.type !== "pattern") return "";
      return this.table.interactions[this.interaction(name)].pattern.distinct || "";
    }

    repeats(name, distinct, value) {
      const record = this.record(name);
      const collection = beforeLast(record);
      const leaf = name.full.slice(record.length);
      for (let index = 0; index < this.count(collection); index += 1) {
        const other = collection + "." + index + leaf;
        const held = this.held(other);
        if (other !== name.full && held !== null && areEqual(distinct, value, held)) return true;
      }
      return false;
    }

    write(name, element, value) {
      const held = element.resets ? this.held(name.full) : null;
      if (held !== null && held !== value) this.reset(name, element);
      this.document.set(name.full, value);
      for (const [, full, index] of name.path) this.counts.set(full, Math.max(this.count(full), index + 1));
    }

    reset(name, element) {
      const record = this.record(name);
      for (const sibling of element.resets) {
        const prefix = beforeLast(name.pattern) + "." + sibling + ".n.";
        const leaves = Array.from(this.elements.keys()).filter((each) => each.startsWith(prefix));
        const owner = record + "." + sibling;
        this.document.delete(owner);
        for (let index = 0; index < this.count(owner); index += 1) {
          for (const leaf of leaves) this.document.delete(owner + "." + index + "." + leaf.slice(prefix.length));
        }
        this.counts.delete(owner);
      }
    }
  }

  /* The API's states and calls: the twin of scorm/runtime/engine.py. */

  const TO_12 = {
    Initialize: "LMSInitialize",
    Terminate: "LMSFinish",
    GetValue: "LMSGetValue",
    SetValue: "LMSSetValue",
    Commit: "LMSCommit",
    GetLastError: "LMSGetLastError",
    GetErrorString: "LMSGetErrorString",
    GetDiagnostic: "LMSGetDiagnostic",
  };

  /* What content passes may be anything; absent arguments count as the empty string. */
  function asText(argument) {
    if (typeof argument === "string") return argument;
    return argument === undefined || argument === null ? "" : String(argument);
  }

  class ScormRuntime {
    constructor(options) {
      this.standard = options.standard || options.table.standard;
      this.state = "not_initialized";
      this.tolerance = Object.assign({ long_values: true, late_calls: true }, options.tolerance);
      this.tolerated = new Set();
      this.leaving = false;
      this._options = options;
      this._codes = new Map(Object.entries(options.table.codes));
      this._strings = new Map(Object.entries(options.table.strings));
      this._store = new Store(options.table, options.document);
      this._valid = options.validRequests || {};
      this._delta = new Map();
      this._fault = "none";
      this._about = "";
      this._apis = new Map();
      this._foreigner = new root.ScormLenient.Foreigner(options.table, {
        get: (element) => this._store.get(element),
        set: (element, value, switches) => this._set(parseName(element), element, value, switches),
        heed: (name) => this._heed(name),
      });
    }

    /* The content is being taken away: what it still sets after its Terminate may be kept. */
    leave() {
      this.leaving = true;
    }

    /* The object that content looks for as window.API. */
    api12() {
      return this._api("1.2", (method) => TO_12[method]);
    }

    /* The object that content looks for as window.API_1484_11. */
    api2004() {
      const api = this._api("2004", (method) => method);
      api.version = "1.0";
      return api;
    }

    /* What was set to another value since the last call, {element: value}; forgets it. */
    takeDelta() {
      const delta = Object.fromEntries(this._delta);
      this._delta.clear();
      return delta;
    }

    /* Puts a drained delta back, below what was set since. */
    restoreDelta(delta) {
      const newer = this._delta;
      this._delta = new Map(Object.entries(delta).filter(([element]) => this._store.document.has(element)));
      newer.forEach((value, element) => this._delta.set(element, value));
    }

    hasDelta() {
      return this._delta.size > 0;
    }

    /* The whole cmi document as a plain object. */
    document() {
      return Object.fromEntries(this._store.document);
    }

    /* One kept value without the API's rules (exit, navigation request); null where none is kept. */
    peek(element) {
      return this._store.held(element);
    }

    /* The sequencer's last answer: {continue, previous, choice: {item: "true"}, jump: {...}}. */
    setValidRequests(validRequests) {
      this._valid = validRequests || {};
    }

    /* ---- the calls, by the names of SCORM 2004 */

    _api(standard, nameOf) {
      if (this._apis.has(standard)) return this._apis.get(standard);
      const api = {};
      for (const method of Object.keys(TO_12)) {
        api[nameOf(method)] = (...args) => this._call(method, args);
      }
      this._apis.set(standard, api);
      return api;
    }

    _call(method, args) {
      let result;
      try {
        result = this["_" + method](args);
      } catch (error) {
        // Content that passes an object which cannot be a string must not break the page.
        this._answer("argument");
        result = method.startsWith("Get") ? "" : "false";
      }
      this._tell("onCall", { method, args, result, error: this._codes.get(this._fault) });
      return result;
    }

    _tell(handler, ...told) {
      if (typeof this._options[handler] !== "function") return undefined;
      try {
        return this._options[handler](...told);
      } catch (error) {
        root.console.error(error);
        return undefined;
      }
    }

    _answer(fault, about) {
      this._fault = fault;
      this._about = about || "";
      return fault === "none" ? "true" : "false";
    }

    _ready(argument, verb) {
      if (argument) return "argument";
      if (this.state === "not_initialized") return verb + "_before";
      return this.state === "terminated" ? verb + "_after" : "none";
    }

    /* As _ready, but content that is taken away may go on a little after its Terminate. */
    _open(argument, verb) {
      const fault = this._ready(argument, verb);
      return fault === verb + "_after" && this._isLate() ? "none" : fault;
    }

    _isLate() {
      return this.state === "terminated" && this.leaving && this.tolerance.late_calls;
    }

    _heed(name) {
      if (this.tolerated.has(name)) return;
      this.tolerated.add(name);
      this._tell("onTolerated", name);
    }

    _Initialize(args) {
      if (asText(args[0])) return this._answer("argument");
      if (this.state === "running") return this._answer("already_initialized");
      if (this.state === "terminated") return this._answer("initialize_after_terminate");
      this.state = "running";
      return this._answer("none");
    }

    _Terminate(args) {
      const fault = this._ready(asText(args[0]), "terminate");
      if (fault === "none") {
        this.state = "terminated";
        this._tell("onTerminate");
      }
      return this._answer(fault);
    }

    _Commit(args) {
      const fault = this._open(asText(args[0]), "commit");
      if (fault !== "none") return this._answer(fault);
      return this._answer(this._tell("onCommit") === false ? "commit_failure" : "none");
    }

    _GetValue(args) {
      const text = asText(args[0]);
      let fault = this._open("", "get");
      let value = "";
      if (fault === "none") {
        [value, fault] = this._store.get(text);
        if (fault === "none" && text.startsWith(VALID)) value = this._request(parseName(text), value);
        if (fault === "undefined" && this.tolerance.foreign_names) [value, fault] = this._foreigner.get(parseName(text));
      }
      this._answer(fault, text);
      return value;
    }

    _SetValue(args) {
      const text = asText(args[0]);
      let fault = this._open("", "set");
      // A value that content forgot to give would erase what the learner has.
      if (fault === "none" && (args[1] === undefined || args[1] === null)) fault = "argument";
      if (fault === "none") {
        const name = parseName(text);
        const value = asText(args[1]);
        fault = this._set(name, text, value, null);
        if (fault === "undefined" && this.tolerance.foreign_names) fault = this._foreigner.set(name, value);
        if (fault === "none" && this._isLate()) this._heed("late_calls");
      }
      return this._answer(fault, text);
    }

    /* Set an element to a value, or to another form of it that the switches allow. */
    _set(name, text, value, switches) {
      const fault = this._keep(name, text, value);
      if (fault !== "type" && fault !== "range") return fault;
      const kind = this._store.interaction(name) || "";
      const table = this._store.table;
      const forms = root.ScormLenient.formsOf(table, switches || this.tolerance, name.pattern, value, kind);
      for (const [allowed, form] of forms) {
        if (this._keep(name, text, form) === "none") {
          this._heed(switches ? "foreign_names" : allowed);
          return "none";
        }
      }
      return fault;
    }

    _keep(name, text, value) {
      const held = this._store.held(name.full);
      const fault = this._store.set(text, value, this.tolerance.long_values);
      if (fault === "none") {
        if (held !== value) this._note(name, held, value);
        const promised = this._store.elements.get(name.pattern).spm || 0;
        if (promised && value.length > promised) this._heed("long_values");
        this._tell("onSet", name.full, value);
      }
      return fault;
    }

    _note(name, held, value) {
      const document = this._store.document;
      this._delta.set(name.full, value);
      if (held !== null && this._store.elements.get(name.pattern).resets) {
        for (const element of Array.from(this._delta.keys())) {
          if (!document.has(element)) this._delta.delete(element);
        }
      }
    }

    /* SN 5.6.5: the answer to adl.nav.request_valid. */
    _request(name, unknown) {
      const kind = afterLast(name.pattern);
      let answer = has(this._valid, kind) ? this._valid[kind] : null;
      if (name.target !== null) {
        const isTable = answer !== null && typeof answer === "object";
        answer = isTable ? (has(answer, name.target) ? answer[name.target] : "false") : null;
      }
      return answer === "true" || answer === "false" ? answer : unknown;
    }

    _GetLastError() {
      return this._codes.get(this._fault);
    }

    _GetErrorString(args) {
      return this._strings.get(asText(args[0])) || "";
    }

    _GetDiagnostic(args) {
      const code = asText(args[0]);
      if (code && code !== this._codes.get(this._fault)) return this._strings.get(code) || "";
      if (this._fault === "none") return this._strings.get("0");
      return (this._fault + ": " + this._about).slice(0, LONGEST_DIAGNOSTIC);
    }
  }

  root.ScormRuntime = ScormRuntime;
})(typeof window === "undefined" ? self : window);
