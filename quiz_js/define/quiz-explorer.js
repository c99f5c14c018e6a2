import { QuizExplorer } from "../explorer.js";

customElements.define("quiz-explorer", QuizExplorer);
