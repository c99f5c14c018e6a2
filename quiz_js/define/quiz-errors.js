import { QuizErrors } from "../errors.js";

customElements.define("quiz-errors", QuizErrors);
