import { QuizTrace } from "../trace.js";

customElements.define("quiz-trace", QuizTrace);
