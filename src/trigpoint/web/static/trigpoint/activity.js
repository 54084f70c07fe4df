// The scenario editor while it is used: sliders beside the numbers, and results that follow them. Without this file the
// same form is sent with “Calculate”, and comes back with the same results.
const form = document.querySelector("form[data-answer]");
const PAUSE = 150;
const SETTLED = 1000;

/** A slider for a number: it and the field always say the same. */
function slide(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "app-lever__slider";
  slider.min = field.dataset.least;
  slider.max = field.dataset.most;
  slider.step = field.dataset.step;
  slider.setAttribute("aria-label", label.textContent.trim());
  const follow = () => {
    const number = Number(field.value.replace(/[,%]/g, "").replace("−", "-"));
    if (Number.isFinite(number)) slider.value = number;
    slider.setAttribute("aria-valuetext", `${field.value}${field.dataset.suffix}`);
  };
  follow();
  slider.addEventListener("input", () => {
    field.value = slider.value;
    follow();
    look(field);
    mark(field);
    later();
  });
  field.addEventListener("input", follow);
  field.addEventListener("undone", follow);
  field.parentElement.append(slider);
}

/** Say beside a field whether it differs from the plan; the server's answer has the last word. */
function mark(field, changed = field.value.trim() !== field.dataset.planned) {
  const holder = field.closest(".app-lever__field");
  holder.classList.toggle("app-lever__field--changed", changed);
  holder.querySelector(".app-lever__mark").hidden = !changed;
  const lever = field.closest("[data-lever]");
  matters(lever);
}

/** Whether an assumption differs from the plan, and so has something to undo. */
function matters(lever) {
  const off = lever.querySelector("input[type=checkbox]").checked;
  const changed = off || lever.querySelector(".app-lever__field--changed") !== null;
  lever.classList.toggle("app-lever--changed", changed);
  lever.querySelector("[data-undo]").hidden = !changed;
}

/** Bring an assumption back to the plan, or all; the keyboard stays where it was, or at the field that is left. */
function undo(button) {
  const own = button.closest("[data-lever]");
  for (const lever of own ? [own] : form.querySelectorAll("[data-lever]")) {
    lever.querySelector("input[type=checkbox]").checked = false;
    for (const field of lever.querySelectorAll(".app-lever__input")) {
      field.value = field.dataset.planned;
      field.dispatchEvent(new Event("undone"));
      mark(field, false);
    }
  }
  if (own) look(own);
  (own ? own.querySelector(".app-lever__input") : document.getElementById("results")).focus();
  later();
}

/** Show a sentence at once, and read it out when nothing has moved for a moment: not at every step of a slider. */
let reading = 0;
function say(text) {
  const said = document.getElementById("said");
  if (said.textContent !== text) document.documentElement.classList.add("app-follows");
  said.textContent = text;
  clearTimeout(reading);
  reading = setTimeout(() => (document.getElementById("told").textContent = text), SETTLED);
}

/** What is wrong with each field, or that it is right again. */
function tell(errors) {
  for (const field of form.querySelectorAll(".app-lever__input")) {
    const message = errors[field.id] ?? "";
    const line = document.getElementById(`${field.id}-error`);
    line.querySelector(".app-lever__mistake").textContent = message;
    line.hidden = !message;
    field.closest(".app-lever__field").classList.toggle("nhsuk-form-group--error", Boolean(message));
    const described = `${field.id}-planned${message ? ` ${line.id}` : ""}`;
    field.setAttribute("aria-describedby", described);
    message ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
  }
}

/** Change what is above, and leave what is being moved where it is on the screen. */
function keep(change) {
  const moving = document.activeElement?.closest?.("[data-lever]") ? document.activeElement : null;
  const before = moving?.getBoundingClientRect().top;
  change();
  const shift = moving ? moving.getBoundingClientRect().top - before : 0;
  if (shift) scrollBy({ top: shift, behavior: "instant" });
}

/** Put new results in the place of the old; a picture stays until its successor is there, an open table stays open. */
function put(html) {
  const place = document.getElementById("answer");
  const held = place.contains(document.activeElement) ? document.activeElement.id : null;
  const open = new Set([...place.querySelectorAll("details")].map((each, at) => (each.open ? at : -1)));
  const old = [...place.querySelectorAll("img")].map((each) => each.src);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  fresh.content.querySelectorAll("details").forEach((each, at) => (each.open = open.has(at)));
  fresh.content.querySelectorAll("img").forEach((image, at) => {
    const source = image.getAttribute("src");
    if (!old[at] || old[at].endsWith(source)) return;
    image.loading = "eager";
    image.src = old[at];
    const next = new Image();
    next.onload = () => keep(() => (image.src = source));
    next.src = source;
  });
  keep(() => place.replaceChildren(fresh.content));
  // Whoever reads in what is replaced stays near it, and does not fall back to the top of the page.
  if (held !== null) (document.getElementById(held) ?? document.getElementById("results")).focus({ preventScroll: true });
}

/** Show the point of delivery that is being moved, unless somebody chose another to look at. */
let chosen = false;
function look(moved) {
  const pod = moved.closest("[data-lever]")?.dataset.pod;
  const pods = form.querySelector("select[name=pod]");
  if (!chosen && pod && [...pods.options].some((option) => option.value === pod)) pods.value = pod;
}

// One question at a time: what is moved while the server calculates is asked when its answer is there.
let timer = 0;
let busy = false;
let moved = false;
function later() {
  moved = true;
  if (!timer && !busy) timer = setTimeout(ask, PAUSE);
}

async function ask() {
  timer = 0;
  busy = true;
  moved = false;
  try {
    const answer = await fetch(form.dataset.answer, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    if (told.refused) {
      say(told.refused);
    } else {
      put(told.html);
      say(told.said);
    }
    if (!told.refused && !moved) {
      tell(told.errors);
      for (const field of form.querySelectorAll(".app-lever__input")) mark(field, told.changed.includes(field.id));
    }
  } catch {
    say("The results could not be fetched. Choose “Calculate” to try again.");
  }
  busy = false;
  if (moved) later();
}

if (form) {
  for (const field of form.querySelectorAll("[data-slider]")) slide(field);
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".app-lever__input");
    if (field) mark(field);
    else if (event.target.closest("[data-lever]")) matters(event.target.closest("[data-lever]"));
    if (event.target.closest("[data-lever]")) look(event.target);
    if (field || event.target.closest(".app-lever input[type=checkbox]")) later();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-undo]");
    if (!button) return;
    event.preventDefault();
    undo(button);
  });
  for (const choice of form.querySelectorAll("select")) {
    choice.addEventListener("change", () => {
      chosen ||= choice.name === "pod";
      later();
    });
  }
}
