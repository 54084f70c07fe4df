// Everything works without this file. With it, the design system's header menu folds and scrolling tables take focus.
import { Header, Scroll, PasswordInput, SkipLink, createAll } from "../vendor/nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
for (const component of [SkipLink, Header, Scroll, PasswordInput]) createAll(component);
