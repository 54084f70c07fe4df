// The scenario editor while it is used: sliders beside the numbers, and results that follow them. Without this file the
// same form is sent with “Calculate”, and comes back with the same results.
const form = document.querySelector("form[data-answer]");
const PAUSE = 150;

/** A slider for a number: it and the field always say the same. */
function slide(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "app-lever__slider";
  slider.min = field.dataset.least;
  slider.max = field.dataset.most;
  slider.step = field.dataset.step;
  slider.setAttribute("aria-label", `${label.textContent.trim()}, slider`);
  const follow = () => {
    const number = Number(field.value.replace(/[,%]/g, "").replace("−", "-"));
    if (Number.isFinite(number)) slider.value = number;
  };
  follow();
  slider.addEventListener("input", () => {
    field.value = slider.value;
    look(field);
    mark(field);
    later();
  });
  field.addEventListener("input", follow);
  field.parentElement.append(slider);
}

/** Say beside a field whether it differs from the plan; the server's answer has the last word. */
function mark(field, changed = field.value.trim() !== field.dataset.planned) {
  const holder = field.closest(".app-lever__field");
  holder.classList.toggle("app-lever__field--changed", changed);
  holder.querySelector(".app-lever__mark").hidden = !changed;
  const lever = field.closest("[data-lever]");
  const off = lever.querySelector("input[type=checkbox]").checked;
  lever.classList.toggle("app-lever--changed", off || lever.querySelector(".app-lever__field--changed") !== null);
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

/** Put new results in the place of the old; a picture stays until its successor is there, an open table stays open. */
function put(html) {
  const place = document.getElementById("answer");
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
    next.onload = () => (image.src = source);
    next.src = source;
  });
  place.replaceChildren(fresh.content);
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
  const said = document.getElementById("said");
  try {
    const answer = await fetch(form.dataset.answer, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    if (told.refused) {
      said.textContent = told.refused;
    } else {
      put(told.html);
      said.textContent = told.said;
    }
    if (!told.refused && !moved) {
      tell(told.errors);
      for (const field of form.querySelectorAll(".app-lever__input")) mark(field, told.changed.includes(field.id));
    }
  } catch {
    said.textContent = "The results could not be fetched. Choose “Calculate” to try again.";
  }
  busy = false;
  if (moved) later();
}

if (form) {
  for (const field of form.querySelectorAll("[data-slider]")) slide(field);
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".app-lever__input");
    if (field) mark(field);
    if (event.target.closest("[data-lever]")) look(event.target);
    if (field || event.target.closest(".app-lever input[type=checkbox]")) later();
  });
  for (const choice of form.querySelectorAll("select")) {
    choice.addEventListener("change", () => {
      chosen ||= choice.name === "pod";
      later();
    });
  }
}
