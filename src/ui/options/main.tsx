import { t } from "../i18n.tsx";
import { startPage } from "../page-start.ts";
import { App, followLinks } from "./app.tsx";

followLinks();
startPage(`${t("options_title")} – Signet`, <App />);
