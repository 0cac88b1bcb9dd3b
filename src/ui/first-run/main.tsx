import { t } from "../i18n.tsx";
import { startPage } from "../page-start.ts";
import { App } from "./app.tsx";

startPage(`${t("welcome_title")} – Signet`, <App />);
