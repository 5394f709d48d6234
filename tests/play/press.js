/*
 * What a learner without ideas would press next in this frame: an open question first, then whatever leads on.
 * Given how often each thing was pressed without effect, it marks the best one and gives { rank, name, key }.
 */
(tried) => {
  const MOST = 2; // times a thing is pressed
  const words = [
    /^(submit|check|check answer|done|send|nộp( bài)?|gửi|trả lời|kiểm tra|xác nhận|enviar|comprobar|verificar)\b/i,
    /^(next|continue|forward|go on|tiếp( tục| theo)?|kế tiếp|trang sau|siguiente|próximo|avançar|[›»→>]+)(\b|$)/i,
    /^(start|begin|play|launch|resume|ok|yes|close|let's go|bắt đầu|chơi|vào bài|đóng|đồng ý|comenzar|empezar|iniciar|fechar|cerrar)\b/i,
    /^(finish|complete|exit|quit|end|hoàn thành|kết thúc|xong|thoát|finalizar|terminar|salir|sair)\b/i,
  ];
  const names = /(^|[-_ ])(next|forward|continue|submit|start|play)([-_ ]|btn|button|$)/i;

  const shown = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 4 || box.height < 4) return false;
    const style = getComputedStyle(element);
    return style.visibility === "visible" && style.pointerEvents !== "none" && Number(style.opacity) > 0.1;
  };
  const open = (element) =>
    !element.disabled && element.getAttribute("aria-disabled") !== "true" && !/\bdisabled\b/i.test(element.className || "");
  const text = (element) =>
    [element.innerText, element.getAttribute("aria-label"), element.value, element.title, element.alt,
      element.querySelector && (element.querySelector("img[alt]") || {}).alt]
      .filter((each) => typeof each === "string")
      .map((each) => each.trim().replace(/\s+/g, " "))
      .find((each) => each && each.length < 60) || "";
  const key = (element) =>
    `${location.pathname} ${element.tagName} ${element.id || element.className.baseVal || element.className} ${text(element)}`;

  const candidates = [];
  const add = (element, rank) => {
    const name = key(element);
    if ((tried[name] || 0) >= MOST) return;
    candidates.push({ element, rank: rank + (tried[name] || 0) * 3, key: name, name: text(element) });
  };

  /* Questions: one answer of each group, in the order of the page. */
  const groups = new Set();
  for (const field of document.querySelectorAll("input, select, textarea")) {
    const label = field.labels && field.labels[0];
    const target = shown(field) ? field : label && shown(label) ? label : null;
    if (!target || !open(field)) continue;
    const type = field.type;
    if (type === "radio" || type === "checkbox") {
      const group = field.name || field.id;
      if (groups.has(group)) continue;
      groups.add(group);
      const set = field.name ? document.getElementsByName(field.name) : [field];
      if (![...set].some((each) => each.checked)) add(target, 0);
    } else if ((type === "text" || type === "number" || field.tagName === "TEXTAREA") && !field.value) add(field, 0);
    else if (field.tagName === "SELECT" && field.selectedIndex <= 0 && field.options.length > 1) add(field, 0);
  }
  for (const choice of document.querySelectorAll("[role=radio], [role=checkbox]")) {
    const group = choice.closest("[role=radiogroup], [role=group]") || choice.parentElement;
    if (groups.has(group) || choice.tagName === "INPUT" || !shown(choice) || !open(choice)) continue;
    groups.add(group);
    if (!group.querySelector('[aria-checked="true"]')) add(choice, 0);
  }

  /* What leads on. */
  const pressable = "button, a[href], area[href], input[type=button], input[type=submit], [role=button], [role=link], [role=menuitem], [onclick], [tabindex='0']";
  for (const element of document.querySelectorAll(pressable)) {
    if (!shown(element) || !open(element)) continue;
    const address = element.getAttribute("href") || "";
    if (/^(mailto|tel):/.test(address) || (element.origin && element.origin !== location.origin)) continue;
    const label = text(element);
    const at = words.findIndex((pattern) => pattern.test(label));
    const spoken = `${element.id} ${typeof element.className === "string" ? element.className : ""}`;
    const early = at === 0 && groups.size === 0; // nothing to send off on this page: look whether it goes on first
    const rank = early ? 4 : at >= 0 ? at + 1 : names.test(spoken) ? 2 : 6;
    add(element, rank);
  }

  /* Film and sound are played, only faster. */
  for (const media of document.querySelectorAll("video, audio")) {
    media.muted = true;
    media.playbackRate = 8;
  }

  candidates.sort((one, other) => one.rank - other.rank);
  for (const old of document.querySelectorAll("[data-play-press]")) old.removeAttribute("data-play-press");
  if (!candidates.length) return null;
  const best = candidates[0];
  best.element.setAttribute("data-play-press", "");
  return { rank: best.rank, key: best.key, name: best.name, kind: best.element.tagName, type: best.element.type || "" };
}
