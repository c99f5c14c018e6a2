import "./quiz-question.js";
import { QuizTest } from "../exam.js";

customElements.define("quiz-test", QuizTest);
