import { QuizProgress } from "../progress.js";

customElements.define("quiz-progress", QuizProgress);
