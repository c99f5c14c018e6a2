import { QuizQuestion } from "../question.js";

customElements.define("quiz-question", QuizQuestion);
